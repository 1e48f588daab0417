using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>An option as it was spoken of.</summary>
/// <param name="Id">The option.</param>
/// <param name="IsDenied">Whether it is not wanted.</param>
/// <param name="Amount">How much of it, or null.</param>
internal readonly record struct SpokenOption(string Id, bool IsDenied, string? Amount);

/// <summary>A line while its sentence is still being read.</summary>
internal sealed class LineDraft(IndexedItem item, double confidence)
{
    private readonly List<string> _options = [];
    private readonly List<string> _without = [];
    private readonly List<string> _unwanted = [];
    private readonly SortedDictionary<string, string> _amounts = new(StringComparer.Ordinal);

    public IndexedItem Item { get; } = item;
    public double Confidence { get; private set; } = confidence;

    /// <summary>The word of the utterance at which it began.</summary>
    public int FirstWord { get; set; }
    public int Quantity { get; set; } = 1;
    public string? Size { get; private set; }
    public bool HasOwnQuantity { get; set; }

    /// <summary>Whether anything was said about it after its name.</summary>
    public bool HasModifiers => Modifiers > _named;
    private int Modifiers => _options.Count + _without.Count + _unwanted.Count;
    private int _named;

    /// <summary>The option named last, for "on the side" and corrections.</summary>
    public string? LastOption { get; private set; }

    /// <summary>What is said from here on comes after the name.</summary>
    public void EndName() => _named = Modifiers;

    /// <summary>Another line of the same item, size and named options.</summary>
    public LineDraft Another(int quantity)
    {
        var other = new LineDraft(Item, Confidence) { Quantity = quantity, HasOwnQuantity = true, Size = Size };
        foreach (var option in _options.Take(_named)) other.Apply(new SpokenOption(option, false, _amounts.GetValueOrDefault(option)));
        other.EndName();
        return other;
    }

    public void Doubt(double ceiling) => Confidence = Math.Min(Confidence, ceiling);

    /// <summary>Takes the first of these sizes that the item has.</summary>
    public bool TrySize(IReadOnlyList<string> sizeIds)
    {
        foreach (var id in sizeIds)
        {
            if (Item.FindSize(id) is null) continue;
            Size = id;
            return true;
        }
        return false;
    }

    /// <summary>The first of these options that the item has, those that count with what is chosen before those that would need another choice; or null.</summary>
    public string? Fitting(IReadOnlyList<string> optionIds)
    {
        string? later = null;
        foreach (var id in optionIds)
        {
            if (Item.FindOption(id) is not { } found) continue;
            if (found.Group.ParentOption is not { } parent || _options.Contains(parent) || Item.FindOption(parent) is { Option.IsDefault: true }) return id;
            later ??= id;
        }
        return later;
    }

    public bool IsOpenRequirement(string optionId) =>
        Item.FindOption(optionId) is { } found && found.Group.Min > 0 && !found.Group.Options.Any(option => _options.Contains(option.Id) || option.IsDefault);

    public void Apply(SpokenOption option)
    {
        if (Item.FindOption(option.Id) is not { } found) return;
        LastOption = option.Id;
        if (option.IsDenied) LeaveOff(option, found.Option);
        else Take(option, found.Group, found.Option);
    }

    public void Amount(string optionId, string amount) => _amounts[optionId] = amount;

    /// <summary>Forgets an option altogether, as if it had never been named.</summary>
    public void Forget(string optionId)
    {
        _options.Remove(optionId);
        _without.Remove(optionId);
        _unwanted.Remove(optionId);
        _amounts.Remove(optionId);
    }

    private void Take(SpokenOption option, OptionGroup group, MenuOption known)
    {
        Forget(option.Id);
        if (group.Max == 1)
            foreach (var other in group.Options) Forget(other.Id);
        if (!known.IsDefault) _options.Add(option.Id);
        if (option.Amount is { } amount) _amounts[option.Id] = amount;
    }

    private void LeaveOff(SpokenOption option, MenuOption known)
    {
        Forget(option.Id);
        // "no extra cheese" on something that comes with cheese: the cheese stays.
        if (known.IsDefault && option.Amount is not null) return;
        (known.IsDefault ? _without : _unwanted).Add(option.Id);
        if (option.Amount is { } amount) _amounts[option.Id] = amount;
    }

    /// <summary>The line as it is understood, with how far it can be trusted.</summary>
    public ParsedLine Finish(double confidence, double acceptAt) => new()
    {
        ItemId = Item.Item.Id,
        Name = Item.Item.Name,
        Size = Size ?? Item.Item.Sizes.FirstOrDefault(size => size.IsDefault)?.Id,
        Options = _options.Order(StringComparer.Ordinal).ToArray(),
        Without = _without.Order(StringComparer.Ordinal).ToArray(),
        Quantity = Quantity,
        Confidence = Math.Round(confidence, 3),
        Decision = Math.Round(confidence, 3) >= acceptAt ? "accept" : "confirm",
        Unwanted = _unwanted.Order(StringComparer.Ordinal).ToArray(),
        Amounts = _amounts.Select(pair => new OptionAmount(pair.Key, pair.Value)).ToArray(),
    };
}
