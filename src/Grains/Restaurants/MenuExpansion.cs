using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>
/// From a menu as written to a flat one: slots become option groups, and the groups below an option stand behind its own with their parent
/// named. Ids of a slot's options begin with the slot's and the item's, so that two slots with the same drink do not meet.
/// </summary>
internal static class MenuExpansion
{
    /// <summary>Whether there is anything to do.</summary>
    public static bool IsNeeded(Menu menu) => menu.Categories.Any(category => category.Items.Any(IsNested));

    public static Menu Expand(Menu menu)
    {
        if (!IsNeeded(menu)) return menu;
        var items = menu.Categories.SelectMany(category => category.Items).ToDictionary(item => item.Id, StringComparer.Ordinal);
        return menu with
        {
            Categories = menu.Categories.Select(category => category with { Items = category.Items.Select(item => IsNested(item) ? Expand(item, items) : item).ToArray() }).ToArray(),
        };
    }

    private static bool IsNested(MenuItem item) => item.Slots.Count > 0 || item.Groups.Any(group => group.Options.Any(option => option.Groups.Count > 0));

    private static MenuItem Expand(MenuItem item, Dictionary<string, MenuItem> items)
    {
        var groups = new List<OptionGroup>();
        foreach (var group in item.Groups) Flatten(group, null, "", groups);
        foreach (var slot in item.Slots) AddSlot(slot, items, groups);
        return item with { Groups = groups.ToArray(), Slots = [] };
    }

    private static void AddSlot(ComboSlot slot, Dictionary<string, MenuItem> items, List<OptionGroup> groups)
    {
        var below = new List<OptionGroup>();
        var options = slot.Choices.Select(choice => Option(slot, choice, items[choice.ItemId], below)).ToArray();
        groups.Add(new OptionGroup(slot.Id, slot.Name, slot.IsRequired ? 1 : 0, 1, options) { IsSlot = true });
        groups.AddRange(below);
    }

    private static MenuOption Option(ComboSlot slot, SlotChoice choice, MenuItem item, List<OptionGroup> below)
    {
        var size = item.Sizes.FirstOrDefault(size => size.Id == choice.SizeId);
        var id = OptionId(slot, choice, item);
        foreach (var group in item.Groups) Flatten(group, id, id + "-", below);
        string[] aliases = size is null ? [.. item.Aliases] : [item.Name, .. item.Aliases, .. item.Aliases.Prepend(item.Name).Select(name => $"{size.Name} {name}").Skip(1)];
        return new MenuOption(id, size is null ? item.Name : $"{size.Name} {item.Name}", choice.PriceDeltaMinor, choice.IsDefault && item.Available, aliases)
        {
            Allergens = item.Allergens,
            Available = item.Available,
            Spoken = item.Spoken,
        };
    }

    /// <summary>Id of the option that a slot's choice becomes; the size is in it where the slot has the item several times.</summary>
    public static string OptionId(ComboSlot slot, SlotChoice choice, MenuItem item)
    {
        var isSized = slot.Choices.Count(other => other.ItemId == choice.ItemId) > 1;
        return $"{slot.Id}-{item.Id}{(isSized && item.Sizes.Any(size => size.Id == choice.SizeId) ? "-" + choice.SizeId : "")}";
    }

    private static void Flatten(OptionGroup group, string? parent, string prefix, List<OptionGroup> into)
    {
        into.Add(group with
        {
            Id = prefix + group.Id,
            ParentOption = parent,
            Options = group.Options.Select(option => option with { Id = prefix + option.Id, Groups = [] }).ToArray(),
        });
        foreach (var option in group.Options)
            foreach (var nested in option.Groups)
                Flatten(nested, prefix + option.Id, prefix, into);
    }
}
