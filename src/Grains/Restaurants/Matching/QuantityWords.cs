namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>How people count.</summary>
internal static class QuantityWords
{
    /// <summary>Larger spoken numbers are no quantities.</summary>
    public const int Largest = 9_999;

    private static readonly string[] s_units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    private static readonly string[] s_teens = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    private static readonly string[] s_tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static IEnumerable<(string Phrases, Cue Cue)> Entries =>
    [
        ("a, an", new Cue(CueKind.Article, 1)),
        ("just one, only one, just a single, a single, single, one single, one of, one of the, one of your, one of those, just the one", Count(1)),
        ("another, another one, one more, an additional one, one other", new Cue(CueKind.Another, 1)),
        ("couple, couple of, a couple, a couple of, pair, pair of, a pair of, two of, two of the, two of those, two of your", Count(2)),
        ("two more, another two, another couple of, a couple more, couple more", Count(2)),
        ("three of, three of the, three of those, three more, another three, trio of, a trio of, a few, few", Count(3)),
        ("half dozen, half a dozen, a half dozen, a half a dozen", Count(6)),
        ("dozen, a dozen, one dozen", Count(12)),
        ("two dozen, a couple dozen", Count(24)),
        .. s_units.Select((word, i) => (word, Count(i + 1))),
        .. s_units.Select((word, i) => ($"just {word}, only {word}", Count(i + 1))),
        .. s_teens.Select((word, i) => (word, Count(i + 10))),
        .. s_tens.SelectMany((ten, t) => s_units.Select((unit, u) => ($"{ten} {unit}", Count((t + 2) * 10 + u + 1))).Prepend((ten, Count((t + 2) * 10)))),
        ("hundred, a hundred, one hundred", Count(100)),
    ];

    /// <summary>Digits such as "2", "x2" or "2x".</summary>
    public static bool TryDigits(string stem, out int value)
    {
        value = 0;
        var digits = stem.AsSpan().Trim('x');
        if (digits.Length is 0 or > 4 || !char.IsAsciiDigit(digits[0])) return false;
        return int.TryParse(digits, out value) && value is >= 0 and <= Largest;
    }

    /// <summary>The number that a word sounds like ("to large colas"), or 0. It is one only before something in the plural.</summary>
    public static int Homophone(string stem) => stem switch
    {
        "to" or "too" or "tu" => 2,
        "for" or "fore" => 4,
        "won" or "wan" => 1,
        "ate" => 8,
        "tree" or "free" => 3,
        "sicks" => 6,
        "tin" => 10,
        _ => 0,
    };

    private static Cue Count(int value) => new(CueKind.Number, value);
}
