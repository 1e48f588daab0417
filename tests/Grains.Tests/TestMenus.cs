using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests;

/// <summary>A small menu on which every rule can be shown.</summary>
internal static class TestMenus
{
    public static Menu Diner { get; } = new("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 825, ["drinks"] = 1000 }),
    [
        new MenuCategory("burgers", "Burgers",
        [
            Item("classic-burger", "Classic Burger", 749) with
            {
                Aliases = ["hamburger", "plain burger"],
                Sizes = [new MenuSize("single", "Single", 749, true), new MenuSize("double", "Double", 999)],
                Groups = [Cheese(), Toppings()],
                Allergens = ["egg", "gluten"],
            },
            Item("cheeseburger", "Cheeseburger", 829) with { Groups = [Toppings()] },
            Item("corn-dog", "Corn Dog", 499) with { Available = false },
            Item("classic-combo", "Classic Combo", 1149) with
            {
                Groups =
                [
                    new OptionGroup("side", "Side", 1, 1, [Option("fries", "Fries", 0), Option("rings", "Onion Rings", 125)]),
                    new OptionGroup("drink", "Drink", 1, 1, [Option("cola", "Cola", 0), Option("lemonade", "Lemonade", 50)]),
                ],
            },
        ]),
        new MenuCategory("pizzas", "Pizzas",
        [
            Item("margherita", "Margherita", 0) with
            {
                Sizes = [new MenuSize("small", "Small", 790), new MenuSize("large", "Large", 1390)],
                Groups = [new OptionGroup("crust", "Crust", 1, 1, [new MenuOption("hand-tossed", "Hand Tossed", 0, true, []), Option("thin-crust", "Thin Crust", 0), Option("stuffed-crust", "Stuffed Crust", 250)])],
            },
        ]),
        new MenuCategory("drinks", "Drinks", [Item("cola", "Cola", 219) with { Aliases = ["coke"], TaxClass = "drinks" }, Item("lemonade", "Lemonade", 249) with { TaxClass = "drinks" }]),
    ]);

    public static MenuIndex Index { get; } = MenuIndex.Build(new MenuSnapshot(3, Diner));

    public static MenuItem Item(string id, string name, long priceMinor) => new() { Id = id, Name = name, PriceMinor = priceMinor, TaxClass = "food" };

    public static MenuOption Option(string id, string name, long deltaMinor) => new(id, name, deltaMinor, false, []);

    private static OptionGroup Cheese() => new("cheese", "Cheese", 0, 1, [Option("american", "American", 50), Option("cheddar", "Cheddar", 75)]);

    private static OptionGroup Toppings() => new("toppings", "Toppings", 0, 3,
    [
        new MenuOption("onions", "Onions", 0, true, ["onion"]), new MenuOption("lettuce", "Lettuce", 0, true, []),
        Option("bacon", "Bacon", 150), Option("egg", "Fried Egg", 125),
    ]);
}
