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
    [property: Id(2)] IReadOnlyList<MenuCategory> Categories);

/// <summary>A menu with the version it was stored under.</summary>
/// <param name="Version">Starts at 1 and grows by one with every change; the HTTP ETag.</param>
/// <param name="Menu">The menu.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuSnapshot")]
public sealed record MenuSnapshot([property: Id(0)] long Version, [property: Id(1)] Menu Menu);

/// <summary>Tax classes and whether prices already contain the tax.</summary>
/// <param name="Included">True when menu prices include tax (VAT style), false when it is added (US style).</param>
/// <param name="Classes">Tax class name to rate in basis points (825 = 8.25 %).</param>
[GenerateSerializer, Immutable, Alias("vo.TaxRule")]
public sealed record TaxRule([property: Id(0)] bool Included, [property: Id(1)] IReadOnlyDictionary<string, int> Classes);

/// <summary>A heading on the menu.</summary>
/// <param name="Id">Slug, unique in the menu.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="Items">In display order.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuCategory")]
public sealed record MenuCategory([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] IReadOnlyList<MenuItem> Items);

/// <summary>Something that can be ordered. A combo is an item whose slots are option groups with minimum 1.</summary>
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
    /// <summary>False while the item is "86'd".</summary>
    [Id(9)] public bool Available { get; init; } = true;
}

/// <summary>A size of an item.</summary>
/// <param name="Id">Slug, unique in the item (and the same word for the same size over the menu).</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="PriceMinor">Price of the item in this size, minor units.</param>
/// <param name="IsDefault">Taken when the customer names none; at most one.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuSize")]
public sealed record MenuSize([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] long PriceMinor, [property: Id(3)] bool IsDefault = false);

/// <summary>A choice to make for an item.</summary>
/// <param name="Id">Slug, unique in the item.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="Min">Fewest options that must be chosen; 1 or more makes the group required.</param>
/// <param name="Max">Most options that may be chosen.</param>
/// <param name="Options">What can be chosen; ids are unique over all groups of the item.</param>
[GenerateSerializer, Immutable, Alias("vo.OptionGroup")]
public sealed record OptionGroup([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] int Min, [property: Id(3)] int Max, [property: Id(4)] IReadOnlyList<MenuOption> Options);

/// <summary>One option of a group.</summary>
/// <param name="Id">Slug, unique over all groups of the item.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="PriceDeltaMinor">Added to the unit price when chosen, minor units; may be negative.</param>
/// <param name="IsDefault">Included unless taken off ("no onions").</param>
/// <param name="Aliases">Other ways people say it.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuOption")]
public sealed record MenuOption([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] long PriceDeltaMinor, [property: Id(3)] bool IsDefault, [property: Id(4)] IReadOnlyList<string> Aliases);

/// <summary>One fault of a menu.</summary>
/// <param name="Path">JSON pointer to the faulty member.</param>
/// <param name="Code">Upper snake case.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuFault")]
public sealed record MenuFault([property: Id(0)] string Path, [property: Id(1)] string Code, [property: Id(2)] string Sentence);
