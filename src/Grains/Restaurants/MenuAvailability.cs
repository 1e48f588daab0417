using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Which items of a menu are to be had at a moment; pure.</summary>
/// <param name="Menu">The menu as written.</param>
/// <param name="SoldOut">Marks of the staff.</param>
/// <param name="TimeZone">IANA time zone of the restaurant.</param>
internal sealed record MenuAvailability(Menu Menu, IReadOnlyList<SoldOutItem> SoldOut, string TimeZone)
{
    /// <summary>Items that are not to be had though the menu itself has them, with the reason.</summary>
    public Dictionary<string, Unavailability> At(DateTimeOffset now)
    {
        var local = LocalTimes.Now(now, TimeZone);
        var open = Menu.DayParts.Where(part => LocalTimes.IsIn(part, local)).Select(part => part.Id).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, Unavailability>(StringComparer.Ordinal);
        foreach (var item in Menu.Categories.SelectMany(category => category.Items).Where(item => item.Available))
            if (Judge(item, now, DateOnly.FromDateTime(local), open) is { } unavailability)
                found[item.Id] = unavailability;
        return found;
    }

    /// <summary>Options that are marked as sold out.</summary>
    public HashSet<string> OptionsAt(DateTimeOffset now) =>
        SoldOut.Where(mark => mark.Kind == SoldOutKind.Option && !(mark.Until <= now)).Select(mark => mark.ItemId).ToHashSet(StringComparer.Ordinal);

    /// <summary>The menu with those items and options taken off.</summary>
    public static Menu Without(Menu menu, Dictionary<string, Unavailability> unavailable, HashSet<string> options) => unavailable.Count == 0 && options.Count == 0 ? menu : menu with
    {
        Categories = menu.Categories.Select(category => category with
        {
            Items = category.Items.Select(item => unavailable.TryGetValue(item.Id, out var why) ? item with { Available = false, Unavailability = why } : item)
                .Select(item => options.Count == 0 ? item : item with { Groups = Without(item.Groups, options) }).ToArray(),
        }).ToArray(),
    };

    /// <summary>Whether some item offers the option.</summary>
    public static bool HasOption(Menu menu, string optionId) => menu.Categories.SelectMany(category => category.Items).Any(item => HasOption(item.Groups, optionId));

    private static bool HasOption(IEnumerable<OptionGroup> groups, string optionId) =>
        groups.SelectMany(group => group.Options).Any(option => option.Id == optionId || HasOption(option.Groups, optionId));

    private static OptionGroup[] Without(IEnumerable<OptionGroup> groups, HashSet<string> options) => groups.Select(group => group with
    {
        Options = group.Options.Select(option => option with { Available = option.Available && !options.Contains(option.Id), Groups = Without(option.Groups, options) }).ToArray(),
    }).ToArray();

    private Unavailability? Judge(MenuItem item, DateTimeOffset now, DateOnly today, HashSet<string> open)
    {
        if (SoldOut.FirstOrDefault(mark => mark.Kind == SoldOutKind.Item && mark.ItemId == item.Id) is { } mark && !(mark.Until <= now)) return new Unavailability(UnavailableReason.SoldOut, mark.Until, []);
        if (today < item.FromDate || today > item.UntilDate) return new Unavailability(UnavailableReason.Season, null, []);
        if (item.DayParts.Count == 0 || item.DayParts.Any(open.Contains)) return null;
        return new Unavailability(UnavailableReason.DayPart, null, Menu.DayParts.Where(part => item.DayParts.Contains(part.Id)).Select(part => part.Name).ToArray());
    }
}
