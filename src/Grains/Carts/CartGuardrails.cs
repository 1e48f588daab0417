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

    /// <summary>Turns a request into a priced line, or says why not. The line id is the caller's.</summary>
    public Outcome<CartLine> Build(LineRequest request, string lineId)
    {
        if (request.Quantity < 1) return Refusals.QuantityInvalid();
        if (request.Quantity > limits.QuantityPerLine) return Refusals.QuantityTooLarge(limits.QuantityPerLine);
        if (menu.Find(request.ItemId) is not { } item) return Refusals.ItemUnknown(SuggestionsFor(request.Heard ?? request.ItemId.Replace('-', ' ')));
        double? confidence = request.Heard is { } heard ? menu.ConfidenceOf(item, heard) : null;
        if (confidence < MatchThresholds.Confirm) return Refusals.ItemUnsure(SuggestionsFor(request.Heard!));
        if (!item.Item.Available) return Refusals.ItemUnavailable(item.Item.Name, MenuAlternatives.InCategory(item.Category, item.Item.Id, limits.Suggestions));
        var size = ChooseSize(item.Item, request.Size);
        if (!size.IsOk) return size.Refusal;
        var options = ChooseOptions(item, request);
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
            Allergens = item.Item.Allergens,
        }, request.Quantity);
    }

    /// <summary>Caps of the cart as a whole; null when they hold.</summary>
    public Refusal? CheckCaps(IReadOnlyList<CartLine> lines)
    {
        if (lines.Count > limits.LinesPerCart) return Refusals.CartFull(limits.LinesPerCart);
        var total = CartPricing.Total(lines, menu.Snapshot.Menu.Tax).Total;
        return total > limits.OrderTotalMinor ? Refusals.TotalTooLarge(new Money(limits.OrderTotalMinor, Currency)) : null;
    }

    /// <summary>Last look before an order: everything in the cart can still be had. Prices stay as agreed.</summary>
    public Refusal? CheckSubmission(IReadOnlyList<CartLine> lines)
    {
        if (lines.Count == 0) return Refusals.CartEmpty();
        foreach (var line in lines)
        {
            if (menu.Find(line.ItemId) is not { } item) return Refusals.ItemUnavailable(line.Name, []);
            if (!item.Item.Available) return Refusals.ItemUnavailable(line.Name, MenuAlternatives.InCategory(item.Category, line.ItemId, limits.Suggestions));
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

    private Outcome<OptionChoice> ChooseOptions(IndexedItem item, LineRequest request)
    {
        foreach (var id in request.Options.Concat(request.Without))
            if (item.FindOption(id) is null) return Refusals.OptionUnknown(item.Item.Name, Cut(item.Item.Groups.SelectMany(group => group.Options).Select(option => option.Name)));
        if (request.Options.FirstOrDefault(request.Without.Contains) is { } both) return Refusals.OptionsConflict(item.FindOption(both)!.Value.Option.Name);
        var added = new List<MenuOption>();
        var removed = new List<MenuOption>();
        foreach (var group in item.Item.Groups)
        {
            if (ChooseInGroup(item.Item, group, request, added, removed) is { } refusal) return refusal;
        }
        return new OptionChoice(added, removed);
    }

    private Refusal? ChooseInGroup(MenuItem item, OptionGroup group, LineRequest request, List<MenuOption> added, List<MenuOption> removed)
    {
        var asked = group.Options.Where(option => request.Options.Contains(option.Id)).ToList();
        var off = group.Options.Where(option => option.IsDefault && request.Without.Contains(option.Id)).ToList();
        var defaults = group.Options.Where(option => option.IsDefault && !off.Contains(option) && !asked.Contains(option)).ToList();
        // In a choose-one group a named option takes the default's place: thin crust instead of hand tossed.
        if (group.Max == 1 && asked.Count == 1) defaults.Clear();
        var count = asked.Count + defaults.Count;
        var names = Cut(group.Options.Select(option => option.Name));
        if (count > group.Max) return Refusals.OptionsTooMany(group.Name, group.Max, names);
        if (count < group.Min) return Refusals.OptionRequired(group.Name, item.Name, names);
        added.AddRange(asked.Where(option => !option.IsDefault));
        removed.AddRange(off);
        return null;
    }

    private string[] SuggestionsFor(string words) => menu.Suggest(words, limits.Suggestions).Select(suggestion => suggestion.Name).ToArray();

    private string[] Cut(IEnumerable<string> names) => names.Take(limits.RefusalChoices).ToArray();

    private ChosenOption Chosen(MenuOption option) => new(option.Id, option.Name, new Money(option.PriceDeltaMinor, Currency));

    private sealed record SizeChoice(MenuSize? Size);

    private sealed record OptionChoice(IReadOnlyList<MenuOption> Added, IReadOnlyList<MenuOption> Removed);
}
