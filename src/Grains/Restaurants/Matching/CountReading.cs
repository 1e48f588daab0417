namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Numbers and articles that no item's name follows.</summary>
internal sealed class CountReading(ParseState now, PartialNames names)
{
    /// <summary>A number or article that no item's name follows.</summary>
    public void Read(Cue cue)
    {
        now.Reader.At++;
        var next = now.Reader.IsAtEnd ? default : now.Reader.Current;
        var nothing = now.Reader.IsAtEnd;
        var describes = !nothing && (next.Is(CueKind.With) || next.Is(CueKind.Negation) || next.Is(CueKind.Amount) || next.IsOption && cue.Kind == CueKind.Number);
        if (cue.Kind != CueKind.Article && now.Sheet.Current is { } line)
        {
            if (describes && now.Sheet.CanSplit(cue.Value))
            {
                now.Sheet.Split(cue.Value);
                return;
            }
            // "two with ham and one with olives"
            if (next.Is(CueKind.With) && line.HasModifiers && now.IsJoined)
            {
                now.Sheet.Begin(line.Another(cue.Value));
                return;
            }
            if (!next.IsOption && TryCountCurrent(line, cue, describes)) return;
        }
        if (names.TryRead(cue)) return;
        if (now.Sheet.Current is null && now.Waiting is { IsDetermined: true, HasOptions: true }) names.Imply();
        if (now.Sheet.Current is null || next.IsSize) now.Waiting.Count(cue.Value, cue.Kind);
    }

    /// <summary>"make that two", "another one", "… two please": the number is about the line before.</summary>
    private bool TryCountCurrent(LineDraft line, Cue cue, bool describes)
    {
        if (now.Revision is not null || !line.HasOwnQuantity && cue.Kind == CueKind.Number && !now.Reader.HasMeaningAhead())
        {
            (line.Quantity, line.HasOwnQuantity, now.Revision) = (cue.Value, true, null);
            return true;
        }
        if (cue.Kind != CueKind.Another) return false;
        if (describes) now.Sheet.Begin(line.Another(cue.Value));
        else line.Quantity += cue.Value;
        return true;
    }
}
