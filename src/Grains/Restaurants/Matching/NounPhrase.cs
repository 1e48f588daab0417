namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Something that is counted: what may stand before an item's name, and the name. "two large onion and pepper pizzas".</summary>
internal sealed class NounPhrase
{
    /// <summary>Place of the item's segment.</summary>
    public int Head { get; private set; }
    public int? Quantity { get; private set; }
    public bool HasArticle { get; private set; }
    public int? Size { get; private set; }
    public List<(int Segment, string? Amount)> Options { get; } = [];

    /// <summary>First segment that nobody knows, or -1.</summary>
    public int Unknown { get; private set; } = -1;

    /// <summary>Whether it begins with a number, an article or a size rather than with an option or the item itself.</summary>
    public bool IsDetermined => Quantity is not null || Size is not null;

    /// <summary>Reads the phrase that begins at <paramref name="start"/>; null when no item's name ends it.</summary>
    public static NounPhrase? Read(List<Segment> segments, int start)
    {
        var phrase = new NounPhrase();
        string? amount = null;
        for (var i = start; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (segment.IsItem)
            {
                phrase.Head = i;
                return phrase;
            }
            if (segment.Kind == SegmentKind.Unknown)
            {
                if (phrase.Unknown < 0) phrase.Unknown = i;
                continue;
            }
            if (segment.Kind == SegmentKind.Menu) phrase.AddMenu(segment, i, amount);
            else if (!phrase.Allows(segments, i, start)) return null;
            amount = segment.Is(CueKind.Amount) ? segment.Cue.Amount : null;
        }
        return null;
    }

    private void AddMenu(Segment segment, int place, string? amount)
    {
        if (segment.IsSize && Size is null && (amount is null || !segment.IsOption)) Size = place;
        else if (segment.IsOption) Options.Add((place, amount));
    }

    private bool Allows(List<Segment> segments, int i, int start)
    {
        var segment = segments[i];
        if (segment.Kind != SegmentKind.Cue) return false;
        switch (segment.Cue.Kind)
        {
            case CueKind.Article or CueKind.Number or CueKind.Another:
                // "a dozen", "the two": a number may follow an article, nothing else may.
                if (Size is not null || Options.Count > 0 || Unknown >= 0 || Quantity is not null && !HasArticle) return false;
                HasArticle = segment.Cue.Kind == CueKind.Article;
                Quantity = segment.Cue.Value;
                return true;
            case CueKind.Amount or CueKind.Measure or CueKind.Descriptor:
                return true;
            case CueKind.And or CueKind.Or:
                // "ham and cheese pizza"; not "ham and a cola".
                return Options.Count > 0 && i + 1 < segments.Count && (segments[i + 1].IsOption || segments[i + 1].Is(CueKind.Amount)) && !segments[i + 1].IsItem;
            case CueKind.Small:
                return i == start || i == start + 1 && Quantity is not null;
            default:
                return false;
        }
    }
}
