namespace VoiceOrdering.Restaurants;

/// <summary>Asks for a menu to be stored as a new version.</summary>
/// <param name="MenuId">Slug; a new one begins a new menu.</param>
/// <param name="Menu">The menu as written.</param>
/// <param name="ExpectedVersion">Newest version of this menu it was edited from, 0 for its first; another one refuses <c>MENU_VERSION_CONFLICT</c>.</param>
/// <param name="ActiveFrom">UTC instant from which it may be in force; null for at once.</param>
/// <param name="By">Subject, for the history.</param>
[GenerateSerializer, Immutable, Alias("vo.StoreMenu")]
public sealed record StoreMenu(
    [property: Id(0)] string MenuId, [property: Id(1)] Menu Menu, [property: Id(2)] long ExpectedVersion, [property: Id(3)] DateTimeOffset? ActiveFrom, [property: Id(4)] string By);

/// <summary>All menus of a restaurant, without their contents.</summary>
/// <param name="InForceMenu">Id of the menu in force; null before the first menu.</param>
/// <param name="InForceVersion">Its version in force; 0 before the first.</param>
/// <param name="Menus">By id.</param>
/// <param name="Schedule">Switches between menus, by time; the last one in the past is in effect.</param>
/// <param name="SoldOut">Items marked by staff that are still out, by id.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuShelfView")]
public sealed record MenuShelfView(
    [property: Id(0)] string? InForceMenu, [property: Id(1)] long InForceVersion, [property: Id(2)] IReadOnlyList<MenuSummary> Menus,
    [property: Id(3)] IReadOnlyList<MenuSwitch> Schedule, [property: Id(4)] IReadOnlyList<SoldOutItem> SoldOut);

/// <summary>One menu.</summary>
/// <param name="Id">Slug.</param>
/// <param name="Versions">Newest first, as far as they are kept.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuSummary")]
public sealed record MenuSummary([property: Id(0)] string Id, [property: Id(1)] IReadOnlyList<MenuVersionSummary> Versions);

/// <summary>One stored version.</summary>
/// <param name="Version">The version.</param>
/// <param name="StoredAt">UTC; null for versions of an earlier release.</param>
/// <param name="StoredBy">Subject; empty for seeding.</param>
/// <param name="ActiveFrom">UTC; null for at once.</param>
/// <param name="Items">How many items it has.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuVersionSummary")]
public sealed record MenuVersionSummary(
    [property: Id(0)] long Version, [property: Id(1)] DateTimeOffset? StoredAt, [property: Id(2)] string StoredBy, [property: Id(3)] DateTimeOffset? ActiveFrom, [property: Id(4)] int Items);

/// <summary>From when on a menu is in force.</summary>
/// <param name="MenuId">The menu.</param>
/// <param name="From">UTC instant.</param>
/// <param name="By">Subject that planned it.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuSwitch")]
public sealed record MenuSwitch([property: Id(0)] string MenuId, [property: Id(1)] DateTimeOffset From, [property: Id(2)] string By);

/// <summary>An item, or an option wherever it is offered, that staff marked as sold out ("86'd").</summary>
/// <param name="ItemId">The item's or the option's id.</param>
/// <param name="Until">UTC instant of its return; null until somebody takes the mark off.</param>
/// <param name="At">UTC instant of the mark.</param>
/// <param name="By">Subject that set it.</param>
[GenerateSerializer, Immutable, Alias("vo.SoldOutItem")]
public sealed record SoldOutItem([property: Id(0)] string ItemId, [property: Id(1)] DateTimeOffset? Until, [property: Id(2)] DateTimeOffset At, [property: Id(3)] string By)
{
    /// <summary>What the id names.</summary>
    [Id(4)] public SoldOutKind Kind { get; init; }
}

/// <summary>What is sold out.</summary>
[GenerateSerializer, Alias("vo.SoldOutKind")]
public enum SoldOutKind
{
    /// <summary>An item.</summary>
    Item = 0,
    /// <summary>An option ("no bacon today").</summary>
    Option = 1,
}

/// <summary>Asks for a kept version to be the newest again.</summary>
/// <param name="MenuId">The menu.</param>
/// <param name="Version">The version whose text comes back.</param>
/// <param name="ExpectedVersion">Newest version of this menu that was seen.</param>
/// <param name="By">Subject, for the history.</param>
[GenerateSerializer, Immutable, Alias("vo.RevertMenu")]
public sealed record RevertMenu([property: Id(0)] string MenuId, [property: Id(1)] long Version, [property: Id(2)] long ExpectedVersion, [property: Id(3)] string By);
