using VoiceOrdering.Pricing;

namespace VoiceOrdering.Restaurants;

/// <summary>A restaurant's menu; prices are only ever taken from here.</summary>
/// <param name="Currency">ISO 4217 code of every price.</param>
/// <param name="Tax">How tax is computed.</param>
/// <param name="Categories">In display order; item ids are unique over all of them.</param>
[GenerateSerializer, Immutable, Alias("vo.Menu")]
public sealed record Menu(
    [property: Id(0)] string Currency,
    [property: Id(1)] TaxRule Tax,
    [property: Id(2)] IReadOnlyList<MenuCategory> Categories)
{
    /// <summary>Parts of the day that items may be bound to.</summary>
    [Id(3)] public IReadOnlyList<DayPart> DayParts { get; init; } = [];
}

/// <summary>A menu with the version it was stored under.</summary>
/// <param name="Version">Starts at 1 and grows by one with every change of any menu of the restaurant; the HTTP ETag.</param>
/// <param name="Menu">The menu.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuSnapshot")]
public sealed record MenuSnapshot([property: Id(0)] long Version, [property: Id(1)] Menu Menu)
{
    /// <summary>Which of the restaurant's menus.</summary>
    [Id(2)] public string MenuId { get; init; } = DefaultId;
    /// <summary>UTC instant of the change; null for versions of an earlier release.</summary>
    [Id(3)] public DateTimeOffset? StoredAt { get; init; }
    /// <summary>Subject that stored it; empty for seeding.</summary>
    [Id(4)] public string StoredBy { get; init; } = "";
    /// <summary>UTC instant from which it may be in force; null for at once.</summary>
    [Id(5)] public DateTimeOffset? ActiveFrom { get; init; }
    /// <summary>0 for a menu as written; in an effective menu the UTC millisecond since which it has been as it is (docs/architecture/menus.md).</summary>
    [Id(6)] public long Revision { get; init; }

    /// <summary>The menu a restaurant has without naming one.</summary>
    public const string DefaultId = "main";
}

/// <summary>Tax classes and whether prices already contain the tax.</summary>
/// <param name="Included">True when menu prices include tax (VAT style), false when it is added (US style).</param>
/// <param name="Classes">Tax class name to rate in basis points (825 = 8.25 %).</param>
[GenerateSerializer, Immutable, Alias("vo.TaxRule")]
public sealed record TaxRule([property: Id(0)] bool Included, [property: Id(1)] IReadOnlyDictionary<string, int> Classes)
{
    /// <summary>Where fractions of a minor unit are rounded.</summary>
    [Id(2)] public TaxRounding Rounding { get; init; }
}

/// <summary>Where fractions of a minor unit of tax are rounded; which one is law differs from country to country.</summary>
[GenerateSerializer, Alias("vo.TaxRounding")]
public enum TaxRounding
{
    /// <summary>Once per tax class, half up.</summary>
    ClassHalfUp = 0,
    /// <summary>On every line, half up.</summary>
    LineHalfUp = 1,
    /// <summary>Once per tax class, half to even.</summary>
    ClassHalfEven = 2,
}

/// <summary>A heading on the menu.</summary>
/// <param name="Id">Slug, unique in the menu.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="Items">In display order.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuCategory")]
public sealed record MenuCategory([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] IReadOnlyList<MenuItem> Items);

/// <summary>Something that can be ordered. A combo is an item with slots.</summary>
[GenerateSerializer, Immutable, Alias("vo.MenuItem")]
public sealed record MenuItem
{
    /// <summary>Slug, unique in the menu; lower-case letters, digits, dashes.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>Shown and spoken name.</summary>
    [Id(1)] public required string Name { get; init; }
    /// <summary>One sentence for the page; may be empty.</summary>
    [Id(2)] public string Description { get; init; } = "";
    /// <summary>Other ways people say it.</summary>
    [Id(3)] public IReadOnlyList<string> Aliases { get; init; } = [];
    /// <summary>Price in minor units when there are no sizes; ignored otherwise.</summary>
    [Id(4)] public long PriceMinor { get; init; }
    /// <summary>Sizes with their prices; empty for an item of one size.</summary>
    [Id(5)] public IReadOnlyList<MenuSize> Sizes { get; init; } = [];
    /// <summary>Option groups in the order they are asked.</summary>
    [Id(6)] public IReadOnlyList<OptionGroup> Groups { get; init; } = [];
    /// <summary>Name of the tax class in <see cref="TaxRule.Classes"/>.</summary>
    [Id(7)] public string TaxClass { get; init; } = "standard";
    /// <summary>Allergen names, sorted.</summary>
    [Id(8)] public IReadOnlyList<string> Allergens { get; init; } = [];
    /// <summary>False for an item that is on the menu but not to be had; in an effective menu also while it is sold out or not served.</summary>
    [Id(9)] public bool Available { get; init; } = true;
    /// <summary>Ids of the day parts in which it is served; empty for all day.</summary>
    [Id(10)] public IReadOnlyList<string> DayParts { get; init; } = [];
    /// <summary>First day, in the restaurant's time zone; null for no first.</summary>
    [Id(11)] public DateOnly? FromDate { get; init; }
    /// <summary>Last day, in the restaurant's time zone; null for no last.</summary>
    [Id(12)] public DateOnly? UntilDate { get; init; }
    /// <summary>Language (BCP 47 primary tag) to how it is said there: all forms are understood, the first is given to the assistant.</summary>
    [Id(13)] public IReadOnlyDictionary<string, IReadOnlyList<string>> Spoken { get; init; } = NoWords;
    /// <summary>Slots of a combo in the order they are asked; empty in an effective menu, where they have become groups.</summary>
    [Id(14)] public IReadOnlyList<ComboSlot> Slots { get; init; } = [];
    /// <summary>Only in an effective menu: why it is not to be had, when that is known.</summary>
    [Id(15)] public Unavailability? Unavailability { get; init; }

    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> NoWords { get; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>A size of an item.</summary>
/// <param name="Id">Slug, unique in the item (and the same word for the same size over the menu).</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="PriceMinor">Price of the item in this size, minor units.</param>
/// <param name="IsDefault">Taken when the customer names none; at most one.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuSize")]
public sealed record MenuSize([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] long PriceMinor, [property: Id(3)] bool IsDefault = false)
{
    /// <summary>Other ways people say it ("venti").</summary>
    [Id(4)] public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>A choice to make for an item.</summary>
/// <param name="Id">Slug, unique in the item.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="Min">Fewest options that must be chosen; 1 or more makes the group required.</param>
/// <param name="Max">Most options that may be chosen.</param>
/// <param name="Options">What can be chosen; ids are unique over all groups of the item.</param>
[GenerateSerializer, Immutable, Alias("vo.OptionGroup")]
public sealed record OptionGroup([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] int Min, [property: Id(3)] int Max, [property: Id(4)] IReadOnlyList<MenuOption> Options)
{
    /// <summary>Only in an effective menu: the group counts only while this option of the item is chosen; null for always.</summary>
    [Id(5)] public string? ParentOption { get; init; }
    /// <summary>Only in an effective menu: the group is a combo's slot, so what fills it is always named, also when it is the default.</summary>
    [Id(6)] public bool IsSlot { get; init; }
}

/// <summary>One option of a group.</summary>
/// <param name="Id">Slug, unique over all groups of the item.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="PriceDeltaMinor">Added to the unit price when chosen, minor units; may be negative.</param>
/// <param name="IsDefault">Included unless taken off ("no onions").</param>
/// <param name="Aliases">Other ways people say it.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuOption")]
public sealed record MenuOption([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] long PriceDeltaMinor, [property: Id(3)] bool IsDefault, [property: Id(4)] IReadOnlyList<string> Aliases)
{
    /// <summary>Choices that come with this option; nested once. Empty in an effective menu, where they stand flat with their <see cref="OptionGroup.ParentOption"/>.</summary>
    [Id(5)] public IReadOnlyList<OptionGroup> Groups { get; init; } = [];
    /// <summary>Allergens this option brings, sorted.</summary>
    [Id(6)] public IReadOnlyList<string> Allergens { get; init; } = [];
    /// <summary>False when it cannot be chosen now.</summary>
    [Id(7)] public bool Available { get; init; } = true;
    /// <summary>Language (BCP 47 primary tag) to how it is said there: all forms are understood, the first is given to the assistant.</summary>
    [Id(8)] public IReadOnlyDictionary<string, IReadOnlyList<string>> Spoken { get; init; } = MenuItem.NoWords;
}

/// <summary>One fault of a menu.</summary>
/// <param name="Path">JSON pointer to the faulty member.</param>
/// <param name="Code">Upper snake case.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuFault")]
public sealed record MenuFault([property: Id(0)] string Path, [property: Id(1)] string Code, [property: Id(2)] string Sentence);
