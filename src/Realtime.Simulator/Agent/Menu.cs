namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>The menu as the session's instructions state it: everything the agent knows about what may be ordered.</summary>
internal sealed record Menu(string Version, string Currency, IReadOnlyList<MenuItem> Items)
{
    public static Menu Empty { get; } = new("", "", []);

    public MenuItem? Find(string id) => Items.FirstOrDefault(item => item.Id == id);
}

/// <summary>One orderable item; <see cref="PriceText"/> is the decimal text of the block, empty when the price depends on the size.</summary>
internal sealed record MenuItem(
    string Id,
    string Name,
    string Category,
    IReadOnlyList<string> Aliases,
    string PriceText,
    IReadOnlyList<MenuSize> Sizes,
    IReadOnlyList<MenuGroup> Groups,
    MenuAvailability Availability)
{
    public MenuSize? FindSize(string sizeId) => Sizes.FirstOrDefault(size => size.Id == sizeId);

    public MenuOption? FindOption(string optionId) =>
        Groups.SelectMany(group => group.Options).FirstOrDefault(option => option.Id == optionId);
}

internal enum MenuAvailability
{
    Available,
    Unavailable,
}

internal sealed record MenuSize(string Id, string Name, string PriceText, bool IsDefault);

/// <summary>Options of which at least <see cref="Min"/> and at most <see cref="Max"/> are chosen.</summary>
internal sealed record MenuGroup(string Id, string Name, int Min, int Max, IReadOnlyList<MenuOption> Options);

internal sealed record MenuOption(string Id, string Name, string ExtraText, bool IsDefault);
