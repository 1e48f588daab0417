using System.Globalization;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Grains;

/// <summary>Small parts of sentences that are spoken.</summary>
internal static class Speech
{
    // More alternatives than this cannot be followed by ear; the full list travels beside the sentence.
    private const int SpokenChoices = 4;

    /// <summary>"A, B or C"; long lists are cut.</summary>
    public static string OneOf(IReadOnlyList<string> names) => Join(names, "or");

    /// <summary>"A, B and C"; long lists are cut.</summary>
    public static string AllOf(IReadOnlyList<string> names) => Join(names, "and");

    /// <summary>"12.99 dollars" for the currencies it knows a word for, otherwise "12.99 XYZ".</summary>
    public static string Price(Money money)
    {
        var word = money.Currency switch { "USD" => "dollars", "EUR" => "euros", "GBP" => "pounds", var code => code };
        return $"{CurrencyText.Amount(money.AmountMinor, money.Currency)} {word}";
    }

    public static string Lower(string name) => name.ToLowerInvariant();

    /// <summary>"one", "a" and digits above; what a synthesiser reads well.</summary>
    public static string Count(int quantity) => quantity.ToString(CultureInfo.InvariantCulture);

    private static string Join(IReadOnlyList<string> names, string last)
    {
        var spoken = names.Take(SpokenChoices).ToList();
        return spoken.Count switch
        {
            0 => "",
            1 => spoken[0],
            _ => $"{string.Join(", ", spoken.Take(spoken.Count - 1))} {last} {spoken[^1]}",
        };
    }
}
