using System.Collections.Frozen;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Words that mean the same in any restaurant. Used only for a word that the menu does not have, towards one that it has.</summary>
internal static class MenuSynonyms
{
    private static readonly string[] s_same =
    [
        "pie pizza", "milkshake shake", "doctor dr", "barbecue barbeque bbq", "mayonnaise mayo", "veggie vegetable vegetarian", "catsup ketchup", "guacamole guac", "pop soda", "sub hoagie hero grinder submarine sandwich",
        "expresso espresso", "cola coke", "hamburger burger", "donut doughnut", "chili chile", "yogurt yoghurt", "omelet omelette", "parm parmesan", "mozz mozzarella", "avo avocado", "whip whipped", "roni pepperoni", "java coffee",
        "fries fry chips", "spicy hot", "garbanzo chickpea", "prawn shrimp", "cilantro coriander", "eggplant aubergine", "zucchini courgette", "arugula rocket", "scallion", "bun roll", "cappuccino cappucino capuccino capucino", "caesar cesar ceasar",
        "footlong", "wholewheat", "burrito burito", "quesadilla casadia", "jalapeno halapeno", "gyro euro yero", "tortilla tortia", "chipotle chipolte", "beverage drink", "ounce oz", "inch inches",
    ];

    private static readonly FrozenDictionary<string, string[]> s_others = Build();
    private static readonly FrozenDictionary<(string, string), string> s_pairs = new Dictionary<(string, string), string>
    {
        [("milk", "shake")] = "shake",
        [("coca", "cola")] = "coke",
        [("french", "fry")] = "fry",
        [("fountain", "drink")] = "soda",
        [("soft", "drink")] = "soda",
        [("sub", "sandwich")] = "sub",
        [("whole", "wheat")] = "wheat",
    }.ToFrozenDictionary();

    /// <summary>Other words for the same thing; empty when there is none.</summary>
    public static string[] Of(string stem) => s_others.GetValueOrDefault(stem, []);

    /// <summary>One word for two, or null.</summary>
    public static string? OfPair(string first, string second) => s_pairs.GetValueOrDefault((first, second));

    private static FrozenDictionary<string, string[]> Build()
    {
        var others = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in s_same)
        {
            string[] stems = [.. line.Split(' ').Select(word => WordSplitter.Stem(word)).Distinct()];
            foreach (var stem in stems) others[stem] = [.. others.GetValueOrDefault(stem, []), .. stems.Where(other => other != stem)];
        }
        return others.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
