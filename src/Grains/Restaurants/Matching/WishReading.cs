using VoiceOrdering.Carts;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>A wish in the menu's own words.</summary>
/// <param name="Kind"><c>none</c>, <c>light</c>, <c>extra</c> or <c>side</c>.</param>
/// <param name="Subject">As spelled on the menu.</param>
/// <param name="OptionId">The option of the item that it names, or null.</param>
internal sealed record SpokenWish(string Kind, string Subject, string? OptionId);

/// <summary>
/// Reads a wish about an item: one thing, and none, little or much of it. The thing is an option or item of the menu, or words of the item's own name
/// and description; whatever else is in the words makes them no wish.
/// </summary>
internal sealed class WishReading(MenuIndex menu, IndexedItem item, Utterance utterance)
{
    private readonly List<string> _own = [];
    private string? _kind;
    private string? _subject;
    private string? _optionId;
    private bool _isClosed;

    public SpokenWish? Read(List<Segment> segments)
    {
        foreach (var segment in segments)
            if (!Take(segment)) return null;
        var subject = _subject ?? (_own.Count > 0 ? string.Join(' ', _own) : null);
        return _kind is null || subject is null ? null : new SpokenWish(_kind, subject, _optionId);
    }

    private bool Take(Segment segment) => segment.Kind switch
    {
        SegmentKind.Pause => Close(),
        SegmentKind.Unknown => TakeOwn(segment),
        SegmentKind.Menu => TakeName(segment),
        _ => TakeCue(segment),
    };

    private bool TakeCue(Segment segment)
    {
        switch (segment.Cue.Kind)
        {
            case CueKind.Negation:
                return TakeKind(OptionAmounts.None);
            case CueKind.Amount:
                return TakeKind(segment.Cue.Amount!);
            case CueKind.OnTheSide:
                return TakeKind(OptionAmounts.Side);
            case CueKind.Small or CueKind.Measure or CueKind.Polite or CueKind.Article or CueKind.With:
                return true;
            default:
                return TakeOwn(segment);
        }
    }

    private bool TakeKind(string kind)
    {
        if (_kind is not null) return false;
        _kind = kind;
        return Close();
    }

    /// <summary>One thing is named in one go: what is named before a pause or the amount is the whole of it.</summary>
    private bool Close()
    {
        _isClosed = _subject is not null || _own.Count > 0;
        return true;
    }

    private bool TakeName(Segment segment)
    {
        if (_isClosed || _subject is not null) return false;
        if (_own.Count > 0) return TakeOwn(segment);
        var meaning = segment.Match.Meaning;
        foreach (var id in meaning.OptionIds)
        {
            if (item.FindOption(id) is not { } found) continue;
            (_subject, _optionId) = (found.Option.Name, id);
            return true;
        }
        if (meaning.OptionIds.Count > 0) _subject = menu.NameOfOption(meaning.OptionIds[0]);
        // "no lemonade" with the soup is a wish, "no soup" with the soup is none.
        else if (meaning.Items.Count > 0 && !meaning.Items.Contains(item.Position)) _subject = menu.Items[meaning.Items[0]].Item.Name;
        else return meaning.Items.Count == 0 && TakeOwn(segment);
        return true;
    }

    /// <summary>Words of the item's own name or description, spelled as there.</summary>
    private bool TakeOwn(Segment segment)
    {
        if (_isClosed || _subject is not null) return false;
        for (var word = segment.Start; word < segment.End; word++)
        {
            if (FindOwn(utterance.Words[word].Stem) is not { } own) return false;
            _own.Add(own);
        }
        return true;
    }

    private string? FindOwn(string stem)
    {
        foreach (var text in item.Item.Aliases.Prepend(item.Item.Name).Append(item.Item.Description))
            foreach (var word in WordSplitter.Split(text))
                if (word.Stem == stem && !word.IsPause) return text.Substring(word.Start, word.Length);
        return null;
    }
}
