namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What was said before any item it could belong to.</summary>
internal sealed class Waiting
{
    private readonly List<(List<string> Ids, bool IsDenied, string? Amount)> _options = [];

    public int? Quantity { get; private set; }

    /// <summary>The quantity when it was a number rather than an article.</summary>
    public int? Number { get; set; }
    public IReadOnlyList<string>? SizeIds { get; set; }
    public bool IsDetermined => Quantity is not null || Number is not null || SizeIds is not null;
    public bool HasOptions => _options.Count > 0;
    public bool IsEmpty => !IsDetermined && !HasOptions;

    /// <summary>Words that named the options, as a range; for looking whether they are part of an item's name.</summary>
    public (int Start, int End) Words { get; private set; } = (-1, -1);

    public void Count(int value, CueKind kind) => (Quantity, Number) = (value, kind == CueKind.Number ? value : null);

    public void Add(List<string> ids, SpokenOption how, Segment segment)
    {
        _options.Add((ids, how.IsDenied, how.Amount));
        Words = (Words.Start < 0 ? segment.Start : Words.Start, segment.End);
    }

    /// <summary>Whether the line could have all that was asked for.</summary>
    public bool FitsAll(LineDraft line) => _options.TrueForAll(option => line.Fitting(option.Ids) is not null) && (SizeIds is null || line.Item.FindAnySize(SizeIds));

    /// <summary>"two large subs, one turkey and one ham": what is left for the next when some of the number is named.</summary>
    public (int Number, IReadOnlyList<string>? SizeIds)? After(int? named) => Number is { } all && named < all && !HasOptions ? (all - named.Value, SizeIds) : null;

    public void GiveTo(LineDraft line)
    {
        foreach (var (ids, denied, amount) in _options)
            if (line.Fitting(ids) is { } option) line.Apply(new SpokenOption(option, denied, amount));
        Clear();
    }

    public void Clear()
    {
        (Quantity, Number, SizeIds, Words) = (null, null, null, (-1, -1));
        _options.Clear();
    }
}
