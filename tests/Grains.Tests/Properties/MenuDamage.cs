using System.Text.Json.Nodes;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>One way to spoil a menu, and the fault it must give.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Code">The fault's code.</param>
/// <param name="Spoil">Does it, and returns the JSON pointer of the place, or null when the menu has no such place.</param>
internal sealed record MenuDamage(string Name, string Code, Func<MenuTree, string?> Spoil)
{
    private const string Item = "/categories/*/items/*";
    private const string Group = Item + "/groups/*";
    private const string Nested = Group + "/options/*/groups/*";
    private const string Choice = Item + "/slots/*/choices/*";

    public static IReadOnlyList<MenuDamage> All { get; } =
    [
        new("currency in small letters", "CURRENCY_INVALID", tree => tree.Set("", "currency", "usd")),
        new("tax above all", "TAX_RATE_INVALID", tree => tree.Root["tax"]!["classes"]!.AsObject() is var classes && tree.Any(classes.Select(pair => pair.Key)) is { } name ? tree.Set("/tax/classes", name, 10_001) : null),
        new("no items", "MENU_EMPTY", tree => tree.Set("", "categories", new JsonArray())),
        new("category twice", "ID_DUPLICATE", tree => tree.Set("/categories/1", "id", "first")),
        new("item twice", "ID_DUPLICATE", tree => tree.Two(Item) is var (earlier, later) ? tree.Set(later, "id", tree.At(earlier)["id"]!.GetValue<string>()) : null),
        new("id that is no slug", "ID_INVALID", tree => tree.Set(tree.One(Item), "id", "Not A Slug")),
        new("name with a separator", "NAME_INVALID", tree => tree.Set(tree.One(Item), "name", "Soup|Salad")),
        new("ambiguous alias", "NAME_AMBIGUOUS", tree => tree.Two(Item) is var (earlier, later) ? tree.Append($"{later}/aliases", tree.At(earlier)["name"]!.GetValue<string>().ToUpperInvariant()) : null),
        new("unknown tax class", "TAX_CLASS_UNKNOWN", tree => tree.Set(tree.One(Item), "taxClass", "luxury")),
        new("negative price", "PRICE_INVALID", tree => tree.Set(tree.One(Item, item => !IsFilled(item, "sizes")), "priceMinor", -1)),
        new("price of a size too high", "PRICE_INVALID", tree => tree.Set(tree.One(Item + "/sizes/*"), "priceMinor", 10_000_001)),
        new("size twice", "ID_DUPLICATE", tree => tree.One(Item, item => Count(item, "sizes") > 1) is { } item ? tree.Set($"{item}/sizes/1", "id", "size-0") : null),
        new("two default sizes", "SIZE_DEFAULTS_MANY", tree => tree.One(Item, item => Count(item, "sizes") > 1) is { } item && tree.Set($"{item}/sizes/0", "isDefault", true) is not null
            && tree.Set($"{item}/sizes/1", "isDefault", true) is not null ? $"{item}/sizes" : null),
        new("min above max", "GROUP_RANGE_INVALID", tree => tree.One(Group) is { } group ? tree.Set(group, "min", tree.At(group)["max"]!.GetValue<int>() + 1) : null),
        new("min above max below an option", "GROUP_RANGE_INVALID", tree => tree.One(Nested) is { } group ? tree.Set(group, "min", tree.At(group)["max"]!.GetValue<int>() + 1) : null),
        new("more wanted than there is", "GROUP_UNSATISFIABLE", tree => tree.One(Group) is { } group && tree.Set(group, "max", 9) is not null ? tree.Set(group, "min", 9) : null),
        new("group without options", "OPTIONS_MISSING", tree => tree.Set(tree.One(Group), "options", new JsonArray())),
        new("option twice", "ID_DUPLICATE", tree => tree.One(Group, group => Count(group, "options") > 1) is { } group ? tree.Set($"{group}/options/1", "id", tree.At($"{group}/options/0")["id"]!.GetValue<string>()) : null),
        new("option below itself", "ID_DUPLICATE", tree => tree.One(Nested + "/options/*") is { } option ? tree.Set(option, "id", tree.At(Up(option, 4))["id"]!.GetValue<string>()) : null),
        new("options nested twice", "GROUPS_TOO_DEEP", tree => tree.One(Nested + "/options/*") is { } option ? tree.Set(option, "groups", new JsonArray(tree.At(Up(option, 2)).DeepClone())) : null),
        new("all are defaults", "DEFAULTS_MANY", tree => tree.One(Group, group => Count(group, "options") > 1) is { } group && tree.Set(group, "max", 1) is not null && tree.Set($"{group}/options/0", "isDefault", true) is not null
            && tree.Set($"{group}/options/1", "isDefault", true) is not null ? $"{group}/options" : null),
        new("default that costs", "DEFAULT_PRICED", tree => tree.One(Group + "/options/*") is { } option && tree.Set(option, "isDefault", true) is not null ? tree.Set(option, "priceDeltaMinor", 5) : null),
        new("difference beyond all numbers", "PRICE_INVALID", tree => tree.Set(tree.One(Group + "/options/*"), "priceDeltaMinor", long.MinValue)),
        new("discount above the price", "PRICE_NEGATIVE", tree => tree.One(Item, item => !IsFilled(item, "sizes") && IsFilled(item, "groups")) is { } item
            && tree.Set($"{item}/groups/0/options/0", "priceDeltaMinor", -1 - tree.At(item)["priceMinor"]!.GetValue<long>()) is not null ? $"{item}/priceMinor" : null),
        new("discount in a slot above the price", "PRICE_NEGATIVE", tree => tree.One(Choice) is { } choice
            && tree.Set(choice, "priceDeltaMinor", -1 - tree.At(Up(choice, 4))["priceMinor"]!.GetValue<long>()) is not null ? $"{Up(choice, 4)}/priceMinor" : null),
        new("discount of a slot's item above the price", "PRICE_NEGATIVE", tree => tree.One(Choice, choice => Count(tree.ItemOf(choice), "groups") > 0) is { } choice
            && tree.ItemOf(tree.At(choice))["groups"]![0]!["options"]![0] is JsonObject option && (option["priceDeltaMinor"] = -1 - tree.At(Up(choice, 4))["priceMinor"]!.GetValue<long>()) is not null ? $"{Up(choice, 4)}/priceMinor" : null),
        new("slot for nothing", "SLOT_ITEM_UNKNOWN", tree => tree.Set(tree.One(Choice), "itemId", "nothing")),
        new("combo in itself", "SLOT_ITEM_COMBO", tree => tree.One(Choice) is { } choice ? tree.Set(choice, "itemId", tree.At(Up(choice, 4))["id"]!.GetValue<string>()) : null),
        new("slot for a size that is none", "SLOT_SIZE_UNKNOWN", tree => tree.Set(tree.One(Choice), "sizeId", "giant")),
        new("slot without choices", "CHOICES_MISSING", tree => tree.Set(tree.One(Item + "/slots/*"), "choices", new JsonArray())),
        new("choice twice", "CHOICE_DUPLICATE", tree => tree.One(Item + "/slots/*") is { } slot ? tree.Append($"{slot}/choices", tree.At($"{slot}/choices/0").DeepClone()) : null),
        new("slot with the id of a group", "ID_DUPLICATE", tree => tree.One(Item, item => IsFilled(item, "slots") && IsFilled(item, "groups")) is { } item ? tree.Set($"{item}/slots/0", "id", tree.At($"{item}/groups/0")["id"]!.GetValue<string>()) : null),
        new("unknown day part", "DAY_PART_UNKNOWN", tree => tree.One(Item) is { } item && tree.Set(item, "dayParts", new JsonArray("never")) is not null ? $"{item}/dayParts/0" : null),
        new("day part twice", "ID_DUPLICATE", tree => Count(tree.Root, "dayParts") > 1 ? tree.Set("/dayParts/1", "id", "part-0") : null),
        new("last day before the first", "DATES_REVERSED", tree => tree.One(Item) is { } item && tree.Set(item, "fromDate", "2026-02-02") is not null ? tree.Set(item, "untilDate", "2026-02-01") : null),
        new("language by its name", "LANGUAGE_INVALID", tree => tree.One(Item) is { } item && tree.Set(item, "spoken", new JsonObject { ["Spanish"] = new JsonArray("sopa") }) is not null ? $"{item}/spoken/Spanish" : null),
    ];

    private static int Count(JsonObject node, string list) => (node[list] as JsonArray)?.Count ?? 0;

    private static bool IsFilled(JsonObject node, string list) => Count(node, list) > 0;

    private static string Up(string pointer, int levels)
    {
        for (; levels > 0; levels--) pointer = pointer[..pointer.LastIndexOf('/')];
        return pointer;
    }
}
