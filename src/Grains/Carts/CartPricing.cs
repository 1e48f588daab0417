using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Carts;

/// <summary>What a cart costs.</summary>
/// <param name="Subtotal">Sum of the lines.</param>
/// <param name="Tax">Tax added on top; 0 when the prices contain it.</param>
/// <param name="IncludedTax">Tax contained in the prices; 0 when it is added.</param>
/// <param name="Total">What the customer pays.</param>
/// <param name="Discount">What the voucher takes off the subtotal.</param>
public readonly record struct CartTotals(long Subtotal, long Tax, long IncludedTax, long Total, long Discount);

/// <summary>Prices of lines and carts: pure integer arithmetic, everything from the menu.</summary>
public static class CartPricing
{
    private const long BasisPoints = 10_000;

    /// <summary>Price of one: the size's (or the item's) price plus the chosen options.</summary>
    public static long UnitPriceMinor(MenuItem item, MenuSize? size, IEnumerable<MenuOption> chosen) =>
        checked((size?.PriceMinor ?? item.PriceMinor) + chosen.Sum(option => option.PriceDeltaMinor));

    /// <summary>
    /// Totals of the lines. Tax is computed and rounded as the rule says: on the sum of each tax class, so that neither the order of the lines
    /// nor splitting a line changes it, or on every line. A class the rule does not know is taxed at 0. A voucher's discount lowers what is taxed: it is
    /// shared out over the classes (or lines) by their prices.
    /// </summary>
    public static CartTotals Total(IReadOnlyList<CartLine> lines, TaxRule tax, VoucherTerms? voucher = null)
    {
        var parts = Parts(lines, tax);
        var subtotal = parts.Aggregate(0L, (sum, part) => checked(sum + part.Amount));
        var discount = VoucherRules.DiscountMinor(voucher, subtotal);
        var shares = DiscountShares.Of(discount, parts.Select(part => part.Amount).ToArray());
        long taxSum = 0;
        for (var i = 0; i < parts.Count; i++)
            taxSum += TaxOf(parts[i].Amount - shares[i], tax.Classes.TryGetValue(parts[i].TaxClass, out var basisPoints) ? basisPoints : 0, tax);
        var left = subtotal - discount;
        return tax.Included ? new CartTotals(subtotal, 0, taxSum, left, discount) : new CartTotals(subtotal, taxSum, 0, left + taxSum, discount);
    }

    // What tax is rounded on, in an order that does not depend on the order of the lines.
    private static List<(string TaxClass, long Amount)> Parts(IReadOnlyList<CartLine> lines, TaxRule tax) => tax.Rounding == TaxRounding.LineHalfUp
        ? [.. lines.Select(line => (line.TaxClass, line.LinePrice.AmountMinor)).OrderByDescending(part => part.AmountMinor).ThenBy(part => part.TaxClass, StringComparer.Ordinal)]
        : [.. lines.GroupBy(line => line.TaxClass, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(line => line.LinePrice.AmountMinor)))];

    /// <summary>The line at another quantity.</summary>
    public static CartLine WithQuantity(CartLine line, int quantity) =>
        line with { Quantity = quantity, LinePrice = new Money(checked(line.UnitPrice.AmountMinor * quantity), line.UnitPrice.Currency) };

    private static long TaxOf(long amount, int rate, TaxRule tax)
    {
        var (dividend, divisor) = (amount * rate, tax.Included ? BasisPoints + rate : BasisPoints);
        return tax.Rounding == TaxRounding.ClassHalfEven ? DivideHalfEven(dividend, divisor) : DivideHalfUp(dividend, divisor);
    }

    private static long DivideHalfUp(long dividend, long divisor) =>
        dividend >= 0 ? (dividend + divisor / 2) / divisor : -((-dividend + divisor / 2) / divisor);

    private static long DivideHalfEven(long dividend, long divisor)
    {
        var (quotient, rest) = Math.DivRem(Math.Abs(dividend), divisor);
        var up = 2 * rest > divisor || (2 * rest == divisor && quotient % 2 != 0);
        return Math.Sign(dividend) * (quotient + (up ? 1 : 0));
    }
}
