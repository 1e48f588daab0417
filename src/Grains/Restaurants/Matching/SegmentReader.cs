namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>The segments with the place that is being read, and what can be seen from there.</summary>
internal sealed class SegmentReader(MenuIndex index, Utterance utterance, List<Segment> segments)
{
    private const int GenericShare = 2;

    public int At { get; set; }
    public bool IsAtEnd => At >= segments.Count;
    public Segment Current => segments[At];
    public List<Segment> All => segments;

    /// <summary>The segment <paramref name="distance"/> after the current one, or null.</summary>
    public Segment? Ahead(int distance) => At + distance < segments.Count && At + distance >= 0 ? segments[At + distance] : null;

    /// <summary>Whether anything that can mean something follows.</summary>
    public bool HasMeaningAhead()
    {
        for (var i = At; i < segments.Count; i++)
            if (segments[i].Kind == SegmentKind.Menu || segments[i].Kind == SegmentKind.Unknown && EnglishWords.IsContent(utterance.Words[segments[i].Start].Stem)) return true;
        return false;
    }

    /// <summary>"… on the cheeseburger": the item that the options from here on are said to be for, or null.</summary>
    public IndexedItem? Target()
    {
        var i = At;
        while (i < segments.Count && (segments[i].IsOption || segments[i].Is(CueKind.And) || segments[i].Is(CueKind.Or) || segments[i].Is(CueKind.Amount))) i++;
        if (i >= segments.Count || !segments[i].Is(CueKind.Onto)) return null;
        i++;
        while (i < segments.Count && (segments[i].Is(CueKind.Small) || segments[i].Is(CueKind.Article) || segments[i].IsSize)) i++;
        return i < segments.Count && segments[i].IsItem ? index.Items[segments[i].Match.Meaning.Items[0]] : null;
    }

    /// <summary>Whether "with" comes before any "for" and before the clause ends: "substitute the onions with bacon".</summary>
    public bool IsExchangedWith()
    {
        for (var i = At + 1; i < segments.Count; i++)
        {
            if (segments[i].Is(CueKind.With)) return true;
            if (segments[i].Kind == SegmentKind.Pause || segments[i].Is(CueKind.Onto) || segments[i].Is(CueKind.Clause)) return false;
        }
        return false;
    }

    /// <summary>Whether an item that has one of these options comes soon.</summary>
    public bool IsItemAhead(IReadOnlyList<string> optionIds)
    {
        for (var i = At + 1; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (segment.IsItem) return index.Items[segment.Match.Meaning.Items[0]].HasAnyOption(optionIds);
            if (segment.Kind == SegmentKind.Menu) continue;
            if (segment.Kind != SegmentKind.Cue || segment.Cue.Kind is CueKind.With or CueKind.Negation or CueKind.Clause or CueKind.Correction or CueKind.Afterthought) return false;
        }
        return false;
    }

    /// <summary>Whether the words before this place point at something known: "on the", "for that".</summary>
    public bool IsPointing() => Ahead(-1) is { } before && (before.Is(CueKind.Onto) || before.Is(CueKind.Small) && Ahead(-2) is { } earlier && earlier.Is(CueKind.Onto));

    /// <summary>The first place from <paramref name="place"/> on that is not the item once more ("pizza pie") or the bare general word of its category ("americano coffee").</summary>
    public int SkipGenericHeads(IndexedItem item, int place)
    {
        while (place < segments.Count && segments[place] is { IsItem: true } next && next.End == next.Start + 1
            && (next.Match.Meaning.Items.Contains(item.Position) || index.IsGeneric(item.Category, utterance.Words[next.Start].MenuWord, GenericShare))) place++;
        return place;
    }

    /// <summary>The words of the segments from here that could be part of a name, up to the first that separates; the end is a segment.</summary>
    public int EndOfName()
    {
        var i = At;
        while (i < segments.Count && !segments[i].IsItem && (segments[i].Kind is SegmentKind.Menu or SegmentKind.Unknown || segments[i].Is(CueKind.Descriptor) || segments[i].Is(CueKind.Measure))) i++;
        return i;
    }

    public bool HasContent(int from, int to)
    {
        for (var i = from; i < to && i < segments.Count; i++)
            for (var word = segments[i].Start; segments[i].Kind != SegmentKind.Cue && word < segments[i].End; word++)
                if (EnglishWords.IsContent(utterance.Words[word].Stem)) return true;
        return false;
    }
}
