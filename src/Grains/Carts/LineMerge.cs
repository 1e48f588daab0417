using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>A line with a change: the request somebody would have made who had wanted it so from the beginning.</summary>
internal sealed class LineMerge(IndexedItem? item, CartLine line)
{
    private readonly List<string> _options = [.. line.Options.Select(option => option.Id)];
    private readonly List<string> _without = [.. line.Without.Select(option => option.Id)];
    private readonly Dictionary<string, string> _amounts = line.Amounts.ToDictionary(amount => amount.Id, amount => amount.Amount, StringComparer.Ordinal);

    public LineRequest With(LinePatch patch)
    {
        foreach (var id in patch.AddOptions) Add(id);
        foreach (var amount in patch.Amounts) Set(amount, patch);
        foreach (var id in patch.RemoveOptions) Remove(id, patch);
        return new LineRequest
        {
            ItemId = line.ItemId,
            Size = patch.Size ?? line.Size,
            Options = _options.ToArray(),
            Without = _without.ToArray(),
            Quantity = patch.Quantity ?? line.Quantity,
            Amounts = _amounts.Select(pair => new OptionAmount(pair.Key, pair.Value)).ToArray(),
            Requests = patch.Requests ?? [],
        };
    }

    /// <summary>Earlier wishes, but for those that the change contradicts: who now takes onions no longer wants none.</summary>
    public static IReadOnlyList<SpecialRequest> StillWished(CartLine line, LinePatch patch)
    {
        if (line.Requests.Count == 0 || patch.AddOptions.Count == 0 && patch.Amounts.Count == 0) return line.Requests;
        var wanted = patch.AddOptions.Concat(patch.Amounts.Select(amount => amount.OptionId)).ToHashSet(StringComparer.Ordinal);
        return line.Requests.Where(wish => wish.OptionId is null || !wanted.Contains(wish.OptionId)).ToArray();
    }

    private void Add(string id)
    {
        _without.Remove(id);
        // A choose-one group: the new choice takes the place of the old one.
        if (item?.FindOption(id) is { Group.Max: 1 } found)
        {
            _options.RemoveAll(other => found.Group.Options.Any(option => option.Id == other));
            foreach (var other in found.Group.Options.Where(option => option.Id != id)) _amounts.Remove(other.Id);
        }
        if (!_options.Contains(id)) _options.Add(id);
    }

    private void Set(OptionAmount amount, LinePatch patch)
    {
        if (amount.Amount == OptionAmounts.Regular)
        {
            _amounts.Remove(amount.OptionId);
            return;
        }
        // An amount of something that was left off: it is wanted again. Both in one change is refused by the guardrails.
        if (!patch.RemoveOptions.Contains(amount.OptionId)) _without.Remove(amount.OptionId);
        _amounts[amount.OptionId] = amount.Amount;
    }

    private void Remove(string id, LinePatch patch)
    {
        // An id that is asked for and taken off at once stays in both lists and is refused by the guardrails.
        var isAsked = patch.AddOptions.Contains(id) || patch.Amounts.Any(amount => amount.OptionId == id);
        var wasChosen = !isAsked && _options.Remove(id);
        if (!isAsked) _amounts.Remove(id);
        if (wasChosen && item?.FindOption(id) is { Option.IsDefault: false, Group.IsSlot: false }) return;
        if (!_without.Contains(id)) _without.Add(id);
    }
}
