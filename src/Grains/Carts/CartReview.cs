using VoiceOrdering.Carts;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>
/// Looks at the lines of an open cart with the eyes of another menu than the one they were added from: what could not be added now, or only
/// at another price, gets a notice. Pure; prices stay as agreed until the customer agrees to others.
/// </summary>
internal sealed class CartReview(CartGuardrails guardrails, PriceRule rule)
{
    /// <summary>The lines with their notices; the same list when nothing changed.</summary>
    public IReadOnlyList<CartLine> Review(IReadOnlyList<CartLine> lines)
    {
        var reviewed = lines.Select(line => Judge(line) is var notice && notice == line.Notice ? line : line with { Notice = notice }).ToArray();
        return reviewed.Zip(lines).All(pair => ReferenceEquals(pair.First, pair.Second)) ? lines : reviewed;
    }

    /// <summary>The lines as the menu has them now, at the prices their notices name, where the customer can agree to that.</summary>
    public IReadOnlyList<CartLine> Agree(IReadOnlyList<CartLine> lines) => lines.Select(line => line.Notice is { NewUnitPrice: { } price } && guardrails.Build(LineRequests.Again(line), line.LineId, line.Requests) is { IsOk: true, Value: { } built }
        ? CartPricing.WithQuantity(built with { UnitPrice = price, Confidence = line.Confidence }, line.Quantity)
        : line).ToArray();

    /// <summary>What was agreed for a line holds while the customer does not choose differently.</summary>
    public static CartLine KeepPrice(CartLine before, CartLine built) =>
        built.UnitPrice != before.UnitPrice && SameChoices(before, built) ? CartPricing.WithQuantity(built with { UnitPrice = before.UnitPrice }, built.Quantity) : built;

    private LineNotice? Judge(CartLine line)
    {
        var built = guardrails.Build(LineRequests.Again(line), line.LineId, line.Requests);
        if (!built.IsOk) return new LineNotice(built.Refusal.Code, built.Refusal.Sentence, null);
        // Something that belongs to it ran out meanwhile: the customer has to hear that it comes without.
        if (built.Value.Without.FirstOrDefault(option => line.Without.All(known => known.Id != option.Id)) is { } gone)
            return new LineNotice(RefusalCodes.ItemUnavailable, $"{gone.Name} is sold out, so {line.Name} would come without. Is that all right?", line.UnitPrice);
        // Agreed is an amount of one currency: in another the customer has to agree again, whatever the rule.
        if (built.Value.UnitPrice == line.UnitPrice || (rule == PriceRule.Agreed && built.Value.UnitPrice.Currency == line.UnitPrice.Currency)) return null;
        var change = built.Value.UnitPrice;
        return new LineNotice(RefusalCodes.PriceChanged, $"The price of {line.Name} has changed from {Speech.Price(line.UnitPrice)} to {Speech.Price(change)}. Is that all right?", change);
    }

    private static bool SameChoices(CartLine one, CartLine other) => one.ItemId == other.ItemId && one.Size == other.Size
        && one.Options.Select(option => option.Id).Order(StringComparer.Ordinal).SequenceEqual(other.Options.Select(option => option.Id).Order(StringComparer.Ordinal))
        && one.Without.Select(option => option.Id).Order(StringComparer.Ordinal).SequenceEqual(other.Without.Select(option => option.Id).Order(StringComparer.Ordinal));
}
