namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Items that were not named outright: by a part of their name, or because only one fits.</summary>
internal sealed class PartialNames(ParseState now)
{
    /// <summary>"a large pepperoni": a number or size and a part of one item's name.</summary>
    public bool TryRead(Cue count)
    {
        var end = now.Reader.EndOfName();
        if (end == now.Reader.At || now.Denial.IsActive) return false;
        var first = now.Reader.At;
        while (first < end && now.Reader.All[first] is { IsSize: true, IsOption: false }) first++;
        if (first == end || now.IsListing && now.Sheet.Current is { } current && now.Reader.All[first].IsOption && current.Fitting(now.OptionsAt(first)) is not null) return false;
        if (NameGuess.ByWords(now.Index, now.Utterance, (now.Reader.All[first].Start, now.Reader.All[end - 1].End), MatchCeilings.PartialName) is not { } line) return false;
        if (count.Kind is CueKind.Number or CueKind.Article or CueKind.Another) now.Waiting.Count(Math.Max(count.Value, 1), count.Kind);
        now.Explain(now.Reader.Current.Start, now.Reader.All[end - 1].End);
        Take(line);
        for (var i = now.Reader.At; i < first; i++) line.TrySize(now.Reader.All[i].Match.Meaning.SizeIds);
        now.Reader.At = end;
        now.EndPhrase();
        return true;
    }

    /// <summary>Begins a line that was guessed, with all that waits.</summary>
    public void Take(LineDraft line)
    {
        line.Quantity = now.Waiting.Quantity ?? 1;
        line.HasOwnQuantity = now.Waiting.Number is not null;
        if (now.Waiting.SizeIds is { } size) line.TrySize(size);
        now.Waiting.GiveTo(line);
        now.Sheet.Begin(line);
    }

    /// <summary>What waited for an item that never came: perhaps its words were part of a name, perhaps only one item fits.</summary>
    public void Imply()
    {
        if (now.Waiting.HasOptions && (NameGuess.ByWords(now.Index, now.Utterance, now.Waiting.Words, MatchThresholds.Confirm) ?? NameGuess.ByFit(now.Index, now.Waiting)) is { } line)
        {
            now.Explain(now.Waiting.Words.Start, now.Waiting.Words.End);
            Take(line);
        }
        else if (now.Waiting.HasOptions) now.AddUnmatched(now.Waiting.Words.Start, now.Waiting.Words.End);
        now.Waiting.Clear();
    }
}
