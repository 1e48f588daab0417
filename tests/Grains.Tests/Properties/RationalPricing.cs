using System.Numerics;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>Prices a second time, with fractions of any size and nothing shared with the product.</summary>
internal static class RationalPricing
{
    /// <summary>Tax of an amount as an exact fraction.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) ExactTax(BigInteger amount, string taxClass, TaxRule rule)
    {
        var rate = rule.Classes.TryGetValue(taxClass, out var basisPoints) ? basisPoints : 0;
        return (amount * rate, rule.Included ? 10_000 + rate : 10_000);
    }

    /// <summary>The whole tax of a cart, rounded where the rule says.</summary>
    public static BigInteger Tax(IEnumerable<(BigInteger Amount, string TaxClass)> lines, TaxRule rule)
    {
        var pieces = rule.Rounding == TaxRounding.LineHalfUp
            ? lines
            : lines.GroupBy(line => line.TaxClass).Select(group => (Amount: group.Aggregate(BigInteger.Zero, (sum, line) => sum + line.Amount), TaxClass: group.Key));
        return pieces.Aggregate(BigInteger.Zero, (sum, piece) => sum + Rounded(ExactTax(piece.Amount, piece.TaxClass, rule), rule.Rounding));
    }

    private static BigInteger Rounded((BigInteger Numerator, BigInteger Denominator) exact, TaxRounding rounding)
    {
        var whole = BigInteger.DivRem(exact.Numerator, exact.Denominator, out var rest);
        return (2 * rest).CompareTo(exact.Denominator) switch
        {
            < 0 => whole,
            > 0 => whole + 1,
            _ => rounding == TaxRounding.ClassHalfEven && whole.IsEven ? whole : whole + 1,
        };
    }
}
