namespace VoiceOrdering.Grains.Carts;

/// <summary>Shares an amount out in proportion to parts, in whole minor units that add up to it exactly (the largest-remainder method). Pure.</summary>
public static class DiscountShares
{
    /// <summary>One share for each part, each at most its part; of equal remainders the earlier part gets the unit.</summary>
    /// <param name="amount">0 to the sum of the parts.</param>
    /// <param name="parts">Each 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative or more than the parts, or a part is negative.</exception>
    public static long[] Of(long amount, IReadOnlyList<long> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        foreach (var part in parts) ArgumentOutOfRangeException.ThrowIfNegative(part, nameof(parts));
        var whole = parts.Aggregate(0L, (sum, part) => checked(sum + part));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, whole);
        var shares = new long[parts.Count];
        if (amount == 0) return shares;
        var remainders = new Int128[parts.Count];
        var left = amount;
        for (var i = 0; i < parts.Count; i++)
        {
            var (share, remainder) = Int128.DivRem((Int128)amount * parts[i], whole);
            (shares[i], remainders[i]) = ((long)share, remainder);
            left -= shares[i];
        }
        // OrderByDescending is stable. A part with a remainder is not used up by its floor, so a unit more still fits.
        foreach (var i in Enumerable.Range(0, parts.Count).OrderByDescending(i => remainders[i]).Take((int)left)) shares[i]++;
        return shares;
    }
}
