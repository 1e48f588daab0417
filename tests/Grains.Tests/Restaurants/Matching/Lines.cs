using System.Globalization;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>Understood lines as one readable text: <c>2 wrap/large +chicken +cheese(extra) -onions</c>.</summary>
internal static class Lines
{
    public static string Of(MenuIndex index, string said) => string.Join("; ", index.Parse(said, MatchThresholds.Accept).Lines.Select(Show));

    public static string Show(ParsedLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} {line.ItemId}{(line.Size is null ? "" : "/" + line.Size)}")
        + string.Concat(line.Options.Select(option => $" +{option}{AmountOf(line, option)}"))
        + string.Concat(line.Amounts.Where(amount => !line.Options.Contains(amount.OptionId) && !line.Unwanted.Contains(amount.OptionId)).Select(amount => $" ={amount.OptionId}({amount.Amount})"))
        + string.Concat(line.Without.Select(option => $" -{option}"))
        + string.Concat(line.Unwanted.Select(option => $" !{option}{AmountOf(line, option)}"));

    private static string AmountOf(ParsedLine line, string option) => line.Amounts.FirstOrDefault(amount => amount.OptionId == option) is { } amount ? $"({amount.Amount})" : "";
}
