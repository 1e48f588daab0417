using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>Two restaurants that exist nowhere: a wrap bar whose items are templates to fill, and a noodle kitchen with drinks and amounts.</summary>
internal static class InventedMenus
{
    public static MenuIndex WrapBar { get; } = Build(
        Category("wraps", [
            Item("wrap", ["tortilla wrap"], Sizes("small", "regular", "large"), WrapGroups),
            Item("rice-bowl", ["bowl"], [], WrapGroups),
            Item("flatbread", [], [], WrapGroups),
        ]),
        Category("sides", [Item("chips-and-salsa", ["chips"], Sizes("small", "large")), Item("mac-&-cheese", [], Sizes("small", "large")), Item("onion-rings", ["rings"], [])]),
        Category("drinks", [
            Item("cola", ["coke"], Sizes("small", "medium", "large")), Item("diet-cola", ["diet coke"], Sizes("small", "medium", "large")),
            Item("iced-tea", [], Sizes("small", "medium", "large")), Item("lemonade", [], Sizes("small", "medium", "large")), Item("bottled-water", ["water"], []),
        ]));

    public static MenuIndex NoodleKitchen { get; } = Build(
        Category("soups", [
            Item("spicy-beef-ramen", ["beef ramen"], Sizes("half", "full"), SoupGroups),
            Item("chicken-ramen", [], Sizes("half", "full"), SoupGroups),
            Item("tofu-udon", ["udon"], Sizes("half", "full"), SoupGroups),
        ]),
        Category("plates", [Item("dumplings", ["gyoza"], [Size("6-piece", "six piece"), Size("12-piece", "twelve piece")]), Item("spring-rolls", [], [])]),
        Category("tea", [
            Item("green-tea", [], Sizes("small", "large"), TeaGroups), Item("jasmine-tea", [], Sizes("small", "large"), TeaGroups), Item("milk-tea", [], Sizes("small", "large"), TeaGroups),
        ]));

    private static OptionGroup[] WrapGroups =>
    [
        Group("filling", 4, Option("chicken"), Option("steak"), Option("pulled-pork"), Option("grilled-tofu", "tofu"), Option("shrimp")),
        Group("bread", 1, Option("whole-wheat", "wheat"), Option("spinach-tortilla")),
        Group("toppings", 12, Option("lettuce", isDefault: true), Option("tomatoes"), Option("onions"), Option("black-beans"), Option("corn"), Option("cheese"), Option("sour-cream"), Option("guacamole", "guac"),
            Option("jalapenos"), Option("olives")),
        Group("sauces", 4, Option("ranch-sauce"), Option("chipotle-sauce"), Option("honey-mustard-sauce"), Option("hot-sauce")),
    ];

    private static OptionGroup[] SoupGroups =>
    [
        Group("spice", 1, Option("mild", isDefault: true), Option("hot"), Option("very-hot")),
        Group("extras", 6, Option("soft-egg", "egg"), Option("scallions", isDefault: true, alias: "green onions"), Option("seaweed"), Option("bamboo-shoots", "bamboo"), Option("corn"), Option("mushrooms")),
    ];

    private static OptionGroup[] TeaGroups =>
    [
        Group("flavors", 3, Option("vanilla-syrup"), Option("lychee-syrup"), Option("peach-syrup"), Option("tapioca-pearls", "boba"), Option("milk-foam", "foam"), Option("honey")),
        Group("style", 2, Option("iced"), Option("decaf")),
    ];

    private static MenuIndex Build(params MenuCategory[] categories) =>
        MenuIndex.Build(new MenuSnapshot(1, new Menu("USD", new TaxRule(false, new Dictionary<string, int> { ["standard"] = 0 }), categories)));

    private static MenuCategory Category(string id, MenuItem[] items) => new(id, Words(id), items);

    private static MenuItem Item(string id, string[] aliases, MenuSize[] sizes, OptionGroup[]? groups = null) =>
        new() { Id = id, Name = Words(id), Aliases = aliases, Sizes = sizes, Groups = groups ?? [] };

    private static MenuSize[] Sizes(params string[] ids) => [.. ids.Select(id => Size(id))];

    private static MenuSize Size(string id, params string[] aliases) => new(id, Words(id), 100) { Aliases = aliases };

    private static OptionGroup Group(string id, int max, params MenuOption[] options) => new(id, Words(id), 0, max, options);

    private static MenuOption Option(string id, string? alias = null, bool isDefault = false) => new(id, Words(id), 0, isDefault, alias is null ? [] : [alias]);

    private static string Words(string id) => id.Replace('-', ' ');
}
