using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>
/// How much of an option, and wishes about what is no choice of the item. A wish that names an option of the item becomes what it says of the option, as long
/// as that changes no price; what would, has to be chosen.
/// </summary>
internal sealed class WishRules(MenuIndex menu, IndexedItem item, Limits limits)
{
    private readonly Dictionary<string, string> _amounts = new(StringComparer.Ordinal);
    private readonly List<string> _without = [];
    private readonly List<SpecialRequest> _wishes = [];

    /// <param name="request">The request as it came.</param>
    /// <param name="wished">Wishes the line has already.</param>
    public Outcome<WishedLine> Read(LineRequest request, IReadOnlyList<SpecialRequest> wished)
    {
        if (request.Requests.Count > limits.RequestsPerLine) return Refusals.RequestsMany(limits.RequestsPerLine);
        foreach (var amount in request.Amounts)
            if (!OptionAmounts.All.Contains(amount.Amount) || !_amounts.TryAdd(amount.OptionId, amount.Amount)) return Refusals.AmountInvalid(NameOf(amount.OptionId), OptionAmounts.All);
        foreach (var (id, amount) in _amounts)
            if (amount == OptionAmounts.Regular) _amounts.Remove(id);
        foreach (var wish in wished) Wish(wish);
        foreach (var id in request.Without) LeaveOff(id, request);
        foreach (var words in request.Requests)
            if (Take(words, request) is { } refusal) return refusal;
        if (_wishes.Count > limits.RequestsPerLine) return Refusals.RequestsMany(limits.RequestsPerLine);
        var amounts = _amounts.Select(pair => new OptionAmount(pair.Key, pair.Value)).ToArray();
        return new WishedLine(request with { Without = _without.ToArray(), Amounts = amounts, Requests = [] }, _wishes.ToArray());
    }

    /// <summary>The amounts of the options that are on the line, in the item's order.</summary>
    public static ChosenAmount[] Amounts(LineRequest request, IReadOnlyList<MenuOption> present) =>
        [.. present.SelectMany(option => request.Amounts.Where(amount => amount.OptionId == option.Id), (option, amount) => new ChosenAmount(option.Id, option.Name, amount.Amount))];

    /// <summary>"no onions" where onions can be had but are not part of the item: nothing to take off, but the kitchen is told.</summary>
    private void LeaveOff(string id, LineRequest request)
    {
        if (item.FindOption(id) is { Option.IsDefault: false, Group.IsSlot: false } found && !IsAsked(id, request)) Wish(new SpecialRequest(OptionAmounts.None, found.Option.Name, id));
        else if (!_without.Contains(id)) _without.Add(id);
    }

    private Refusal? Take(string words, LineRequest request)
    {
        if (words.Length > limits.RequestCharacters || menu.ReadWish(item, words) is not { } wish) return Unknown();
        if (wish.OptionId is not { } id)
        {
            Wish(new SpecialRequest(wish.Kind, wish.Subject));
            return null;
        }
        if (wish.Kind == OptionAmounts.None)
        {
            LeaveOff(id, request);
            return null;
        }
        var isPresent = IsAsked(id, request) || item.FindOption(id) is { Option.IsDefault: true };
        if (!isPresent || request.Without.Contains(id)) return Refusals.RequestNeedsOption(wish.Subject, item.Item.Name);
        _amounts[id] = wish.Kind;
        return null;
    }

    /// <summary>The newest wish about a thing counts.</summary>
    private void Wish(SpecialRequest wish)
    {
        _wishes.RemoveAll(other => other.Subject == wish.Subject);
        _wishes.Add(wish);
    }

    private static bool IsAsked(string id, LineRequest request) => request.Options.Contains(id) || request.Amounts.Any(amount => amount.OptionId == id && amount.Amount != OptionAmounts.Regular);

    private string NameOf(string optionId) => item.FindOption(optionId)?.Option.Name ?? item.Item.Name;

    private Refusal Unknown() => Refusals.RequestUnknown(item.Item.Name,
        item.Item.Groups.Where(group => group.ParentOption is null).SelectMany(group => group.Options).Take(limits.RefusalChoices).Select(option => option.Name).ToArray());
}

/// <summary>A request whose wishes have been read.</summary>
/// <param name="Request">With amounts and what is left off, without words.</param>
/// <param name="Wishes">For the kitchen.</param>
internal sealed record WishedLine(LineRequest Request, IReadOnlyList<SpecialRequest> Wishes);
