using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>
/// What stands between a model, a page and the cart: every id is looked up on the menu, required choices are asked for, caps hold,
/// and a price is never taken from anybody but the menu.
/// </summary>
internal sealed class CartGuardrails(MenuIndex menu, Limits limits)
{
    private string Currency => menu.Snapshot.Menu.Currency;

    /// <summary>Turns a request into a priced line, or says why not.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="lineId">The caller's.</param>
    /// <param name="wished">Wishes that the line has already; null for none.</param>
    public Outcome<CartLine> Build(LineRequest request, string lineId, IReadOnlyList<SpecialRequest>? wished = null)
    {
        if (request.Quantity < 1) return Refusals.QuantityInvalid();
        if (request.Quantity > limits.QuantityPerLine) return Refusals.QuantityTooLarge(limits.QuantityPerLine);
        if (menu.Find(request.ItemId) is not { } item) return Refusals.ItemUnknown(SuggestionsFor(request.Heard ?? request.ItemId.Replace('-', ' ')));
        double? confidence = request.Heard is { } heard ? menu.ConfidenceOf(item, heard) : null;
        if (confidence < MatchThresholds.Confirm) return Refusals.ItemUnsure(SuggestionsFor(request.Heard!));
        if (!item.Item.Available) return Unavailable(item);
        var size = ChooseSize(item.Item, request.Size);
        if (!size.IsOk) return size.Refusal;
        var wishes = new WishRules(menu, item, limits).Read(request, wished ?? []);
        if (!wishes.IsOk) return wishes.Refusal;
        var options = new OptionRules(item, limits).Choose(wishes.Value.Request);
        if (!options.IsOk) return options.Refusal;
        var unit = CartPricing.UnitPriceMinor(item.Item, size.Value.Size, options.Value.Added);
        return CartPricing.WithQuantity(new CartLine
        {
            LineId = lineId,
            ItemId = item.Item.Id,
            Name = item.Item.Name,
            Size = size.Value.Size?.Id,
            SizeName = size.Value.Size?.Name,
            Options = options.Value.Added.Select(Chosen).ToArray(),
            Without = options.Value.Removed.Select(Chosen).ToArray(),
            UnitPrice = new Money(unit, Currency),
            Confidence = confidence,
            TaxClass = item.Item.TaxClass,
            Allergens = Allergens(item.Item, options.Value.Present),
            Amounts = WishRules.Amounts(wishes.Value.Request, options.Value.Present),
            Requests = wishes.Value.Wishes,
        }, request.Quantity);
    }

    /// <summary>Caps of the cart as a whole; null when they hold.</summary>
    public Refusal? CheckCaps(IReadOnlyList<CartLine> lines)
    {
        if (lines.Count > limits.LinesPerCart) return Refusals.CartFull(limits.LinesPerCart);
        var total = CartPricing.Total(lines, menu.Snapshot.Menu.Tax).Total;
        return total > limits.OrderTotalMinor ? Refusals.TotalTooLarge(new Money(limits.OrderTotalMinor, Currency)) : null;
    }

    /// <summary>Last look before an order: everything in the cart can still be had as it is. Prices stay as agreed.</summary>
    public Refusal? CheckSubmission(IReadOnlyList<CartLine> lines)
    {
        if (lines.Count == 0) return Refusals.CartEmpty();
        foreach (var line in lines)
        {
            if (menu.Find(line.ItemId) is not { } item) return Refusals.ItemUnavailable(line.Name, []);
            if (!item.Item.Available) return Unavailable(item);
            if (line.Notice is { } notice) return new Refusal(notice.Code, notice.Sentence);
        }
        return CheckCaps(lines);
    }

    private Outcome<SizeChoice> ChooseSize(MenuItem item, string? sizeId)
    {
        var names = Cut(item.Sizes.Select(size => size.Name));
        if (sizeId is not null)
            return item.Sizes.FirstOrDefault(size => size.Id == sizeId) is { } named ? new SizeChoice(named) : Refusals.SizeUnknown(item.Name, names);
        if (item.Sizes.Count == 0) return new SizeChoice(null);
        return (item.Sizes.FirstOrDefault(size => size.IsDefault) ?? (item.Sizes.Count == 1 ? item.Sizes[0] : null)) is { } size
            ? new SizeChoice(size)
            : Refusals.SizeRequired(item.Name, names);
    }

    private Refusal Unavailable(IndexedItem item) =>
        Refusals.ItemUnavailable(item.Item.Name, item.Item.Unavailability, MenuAlternatives.InCategory(item.Category, item.Item.Id, limits.Suggestions));

    private static string[] Allergens(MenuItem item, IReadOnlyList<MenuOption> present) =>
        [.. item.Allergens.Concat(present.SelectMany(option => option.Allergens)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private string[] SuggestionsFor(string words) => menu.Suggest(words, limits.Suggestions).Select(suggestion => suggestion.Name).ToArray();

    private string[] Cut(IEnumerable<string> names) => names.Take(limits.RefusalChoices).ToArray();

    private ChosenOption Chosen(MenuOption option) => new(option.Id, option.Name, new Money(option.PriceDeltaMinor, Currency));

    private sealed record SizeChoice(MenuSize? Size);
}
