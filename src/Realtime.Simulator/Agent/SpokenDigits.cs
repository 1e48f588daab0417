using System.Text;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Digits of codes and phone numbers as callers say and type them: "4821", "four eight two one", "double five", "oh".</summary>
internal static class SpokenDigits
{
    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>All digits of a sentence, one after the other, with a plus in front when the caller began with one.</summary>
    public static string Read(string text)
    {
        var digits = new StringBuilder();
        var times = 1;
        foreach (var word in text.ToLowerInvariant().Split([' ', '-', ',', '.', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "double" or "triple")
            {
                times = word == "double" ? 2 : 3;
                continue;
            }

            if (word == "plus" && digits.Length == 0)
            {
                digits.Append('+');
            }

            digits.Append(DigitsOf(word, digits.Length == 0, times));
            times = 1;
        }

        return digits.ToString();
    }

    private static string DigitsOf(string word, bool isFirst, int times)
    {
        var value = Array.IndexOf(Words, word);
        if (value >= 0 || word is "oh" or "o")
        {
            return new string((char)('0' + Math.Max(value, 0)), times);
        }

        var plain = isFirst ? word.TrimStart('+') : word;
        return plain.Length > 0 && plain.All(char.IsAsciiDigit) ? (isFirst && word[0] == '+' ? "+" : "") + (plain.Length == 1 ? new string(plain[0], times) : plain) : "";
    }
}
