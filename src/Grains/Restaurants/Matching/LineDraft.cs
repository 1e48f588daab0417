using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>A line while its sentence is still being read.</summary>
internal sealed class LineDraft(IndexedItem item, double confidence)
{
    private readonly List<string> _options = [];
    private readonly List<string> _without = [];

    public IndexedItem Item { get; } = item;
    public double Confidence { get; private set; } = confidence;
    public int Quantity { get; set; } = 1;
    public string? Size { get; private set; }
    public bool HasOwnQuantity { get; set; }

    public void Doubt(double ceiling) => Confidence = Math.Min(Confidence, ceiling);

    /// <summary>Takes the size when the item has it.</summary>
    public bool TrySize(string sizeId)
    {
        if (Item.FindSize(sizeId) is null) return false;
        Size = sizeId;
        return true;
    }

    /// <summary>The first of these options that the item has, or null.</summary>
    public string? Fitting(IReadOnlyList<string> optionIds)
    {
        foreach (var id in optionIds)
            if (Item.FindOption(id) is not null) return id;
        return null;
    }

    public bool IsOpenRequirement(string optionId) =>
        Item.FindOption(optionId) is { } found && found.Group.Min > 0 && !found.Group.Options.Any(option => _options.Contains(option.Id) || option.IsDefault);

    public void Take(string optionId)
    {
        if (Item.FindOption(optionId) is not { } found) return;
        _without.Remove(optionId);
        if (found.Group.Max == 1) _options.RemoveAll(id => found.Group.Options.Any(option => option.Id == id));
        if (!found.Option.IsDefault && !_options.Contains(optionId)) _options.Add(optionId);
    }

    public void LeaveOff(string optionId)
    {
        _options.Remove(optionId);
        if (Item.FindOption(optionId) is { Option.IsDefault: true } && !_without.Contains(optionId)) _without.Add(optionId);
    }

    public ParsedLine Finish(double acceptAt) => new()
    {
        ItemId = Item.Item.Id,
        Name = Item.Item.Name,
        Size = Size ?? Item.Item.Sizes.FirstOrDefault(size => size.IsDefault)?.Id,
        Options = _options.Order(StringComparer.Ordinal).ToArray(),
        Without = _without.Order(StringComparer.Ordinal).ToArray(),
        Quantity = Quantity,
        Confidence = Math.Round(Confidence, 3),
        Decision = Confidence >= acceptAt ? "accept" : "confirm",
    };
}
