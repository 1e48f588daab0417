using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Domain;

/// <summary>A made-up menu of any size and sentences that order from it; the same for the same seed.</summary>
internal static class LargeMenu
{
    private static readonly string[] Kinds = ["Burger", "Sandwich", "Wrap", "Salad", "Bowl", "Soup", "Pizza", "Pasta", "Taco", "Curry", "Noodles", "Pie", "Cake", "Shake"];
    private static readonly string[] Tastes =
    [
        "Classic", "Smoky", "Spicy", "Garden", "Harvest", "Golden", "Crispy", "Country", "Island", "Midnight", "Sunrise", "Maple", "Pepper", "Lemon", "Ginger",
        "Honey", "Sesame", "Pumpkin", "Walnut", "Cranberry", "Mango", "Coconut", "Tomato", "Spinach", "Mushroom",
    ];
    private static readonly string[] Extras = ["Bacon", "Avocado", "Onions", "Pickles", "Cheddar", "Feta", "Olives", "Corn", "Beans", "Sprouts", "Basil", "Chives"];

    public static Menu Create(int items) => new("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 800 }),
        [.. Kinds.Select((kind, k) => new MenuCategory(kind.ToLowerInvariant(), kind, [.. Enumerable.Range(0, items).Where(i => i % Kinds.Length == k).Select(i => Item(kind, i / Kinds.Length))]))]);

    public static string[] Sentences(Menu menu, int count)
    {
        var items = menu.Categories.SelectMany(category => category.Items).ToList();
        var random = new Random(350);
        string[] quantities = ["a", "two", "three", "a couple of", "one"];
        string[] ends = ["please", "with bacon", "without onions", "no pickles and extra cheddar", "", "and a glass of something nice"];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var parts = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{Pick(quantities)} {Pick(["large ", "small ", ""])}{Misheard(Pick(items).Name)} {Pick(ends)}");
            return "hi I would like " + string.Join(" and ", parts);
        })];

        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

        // Every fifth name has one wrong letter, as recognisers make them.
        string Misheard(string name)
        {
            if (random.Next(5) > 0) return name;
            var at = random.Next(name.Length);
            return string.Concat(name.AsSpan(0, at), "e", name.AsSpan(at + 1));
        }
    }

    private static MenuItem Item(string kind, int number)
    {
        var taste = Tastes[number % Tastes.Length] + (number < Tastes.Length ? "" : " " + Tastes[number * 7 % Tastes.Length]);
        var name = $"{taste} {kind}";
        return new MenuItem
        {
            Id = name.ToLowerInvariant().Replace(' ', '-'),
            Name = name,
            Aliases = [$"{kind} {taste}", $"{taste} style {kind}"],
            Sizes = [new MenuSize("small", "Small", 500), new MenuSize("large", "Large", 800, true)],
            Groups = [new OptionGroup("extras", "Extras", 0, 12, [.. Extras.Select((extra, e) => new MenuOption(extra.ToLowerInvariant(), extra, e == 2 ? 0 : 50, e == 2, []))])],
            TaxClass = "food",
        };
    }
}
