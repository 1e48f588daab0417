using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>The menus of a restaurant over time: which version of which menu is in force, and what a change makes of them. Pure.</summary>
internal static class MenuShelf
{
    /// <summary>The version in force, or null before the first.</summary>
    public static MenuSnapshot? InForce(MenuHistory shelf, DateTimeOffset now)
    {
        var switched = shelf.Schedule.Where(change => change.From <= now).MaxBy(change => change.From);
        return Newest(shelf, switched?.MenuId ?? MenuSnapshot.DefaultId, now) ?? Newest(shelf, MenuSnapshot.DefaultId, now);
    }

    /// <summary>Newest version of a menu whose time has come.</summary>
    public static MenuSnapshot? Newest(MenuHistory shelf, string menuId, DateTimeOffset now) =>
        shelf.Versions.LastOrDefault(version => version.MenuId == menuId && !(version.ActiveFrom > now));

    /// <summary>Newest version of a menu, whenever it comes into force; 0 for a menu that is not there.</summary>
    public static long NewestVersion(MenuHistory shelf, string menuId) => shelf.Versions.LastOrDefault(version => version.MenuId == menuId)?.Version ?? 0;

    public static MenuHistory Store(MenuHistory shelf, MenuSnapshot next, Limits limits, DateTimeOffset now)
    {
        var own = shelf.Versions.Where(version => version.MenuId == next.MenuId).Append(next).ToArray();
        // What is in force stays, however many versions wait for their time behind it.
        var inForce = InForce(shelf, now)?.Version;
        var dropped = own.SkipLast(limits.MenuVersions).Where(version => version.Version != inForce).Select(version => version.Version).ToHashSet();
        return shelf with { Versions = shelf.Versions.Append(next).Where(version => !dropped.Contains(version.Version)).ToArray(), LastVersion = next.Version };
    }

    public static MenuHistory Switch(MenuHistory shelf, MenuSwitch change, DateTimeOffset now)
    {
        var at = change.From <= now ? change with { From = now } : change;
        var others = Pending(shelf, now).Where(other => !(other.MenuId == at.MenuId && other.From == at.From));
        return shelf with { Schedule = others.Append(at).OrderBy(other => other.From).ToArray() };
    }

    public static MenuHistory Cancel(MenuHistory shelf, string menuId, DateTimeOffset from, DateTimeOffset now) =>
        shelf with { Schedule = shelf.Schedule.Where(change => change.From <= now || change.MenuId != menuId || change.From != from).ToArray() };

    /// <summary>The last switch of the past and all of the future.</summary>
    public static IEnumerable<MenuSwitch> Pending(MenuHistory shelf, DateTimeOffset now)
    {
        var last = shelf.Schedule.Where(change => change.From <= now).MaxBy(change => change.From);
        return shelf.Schedule.Where(change => change.From > now || ReferenceEquals(change, last));
    }

    public static MenuShelfView View(MenuHistory shelf, IEnumerable<SoldOutItem> soldOut, DateTimeOffset now)
    {
        var inForce = InForce(shelf, now);
        var menus = shelf.Versions.GroupBy(version => version.MenuId, StringComparer.Ordinal).OrderBy(menu => menu.Key, StringComparer.Ordinal)
            .Select(menu => new MenuSummary(menu.Key, menu.Reverse().Select(Summary).ToArray()));
        return new MenuShelfView(
            inForce?.MenuId, inForce?.Version ?? 0, menus.ToArray(), Pending(shelf, now).ToArray(),
            soldOut.Where(mark => !(mark.Until <= now)).OrderBy(mark => mark.ItemId, StringComparer.Ordinal).ToArray());
    }

    private static MenuVersionSummary Summary(MenuSnapshot version) =>
        new(version.Version, version.StoredAt, version.StoredBy, version.ActiveFrom, version.Menu.Categories.Sum(category => category.Items.Count));
}
