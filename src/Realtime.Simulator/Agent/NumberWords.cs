using System.Globalization;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Quantities as callers say them.</summary>
internal static class NumberWords
{
    private static readonly string[] Units =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>0..99 as words.</summary>
    public static string Write(int number) => number switch
    {
        < 20 => Units[number],
        _ when number % 10 == 0 => Tens[(number / 10) - 2],
        _ => $"{Tens[(number / 10) - 2]} {Units[number % 10]}",
    };

    /// <summary>The number that starts at a word and how many words it takes; a length of zero when none starts there.</summary>
    public static (int Value, int Length) Read(IReadOnlyList<Token> tokens, int at)
    {
        var word = tokens[at].Word;
        var next = at + 1 < tokens.Count ? tokens[at + 1].Word : "";
        var afterNext = at + 2 < tokens.Count ? tokens[at + 2].Word : "";
        if (word == "half" && (next == "dozen" || (next is "a" or "an" && afterNext == "dozen")))
        {
            return (6, next == "dozen" ? 2 : 3);
        }

        if (word is "a" or "an" or "the" && next is "couple" or "pair" or "dozen" or "half")
        {
            var (value, length) = Read(tokens, at + 1);
            return (value, length == 0 ? 0 : length + 1);
        }

        switch (word)
        {
            case "couple" or "pair":
                return (2, next == "of" ? 2 : 1);
            case "dozen":
                return (12, 1);
            case "a" or "an" or "another":
                return (1, 1);
        }

        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
        {
            return (digits, 1);
        }

        var tens = Array.IndexOf(Tens, word);
        if (tens >= 0)
        {
            var unit = Array.IndexOf(Units, next);
            return unit is > 0 and < 10 ? (((tens + 2) * 10) + unit, 2) : ((tens + 2) * 10, 1);
        }

        var small = Array.IndexOf(Units, word);
        if (small < 0)
        {
            return (0, 0);
        }

        return next == "dozen" ? (small * 12, 2) : (small, 1);
    }
}
