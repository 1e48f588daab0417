namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Sizes and options that no item's name follows: they are about a line that is there, or wait for one.</summary>
internal sealed class AttributeReading(ParseState now, PartialNames names)
{
    /// <summary>Reads one size or option; false when it is neither about a line nor for one to come.</summary>
    public bool TryRead(Segment segment)
    {
        var isSize = segment.IsSize && (now.Amount is null || !segment.IsOption);
        if (!(isSize && ReadSize(segment) || segment.IsOption && ReadOption(segment)))
        {
            if (!isSize || segment.IsOption) return false;
            if (names.TryRead(default)) return true;
            if (now.Sheet.Current is null && now.Waiting is { IsDetermined: true, HasOptions: true }) names.Imply();
            now.Waiting.SizeIds = segment.Match.Meaning.SizeIds;
        }
        now.Claim(now.Reader.At, now.Reader.At + 1);
        now.Reader.At++;
        return true;
    }

    private bool ReadSize(Segment segment)
    {
        var ids = segment.Match.Meaning.SizeIds;
        if (now.Sheet.Current is not { } current) return false;
        if (now.Sheet.IsShared || now.Revision is not null)
        {
            var taken = false;
            foreach (var line in now.Sheet.Addressed) taken |= line.TrySize(ids);
            now.Revision = null;
            return taken;
        }
        // "a medium with ham and a large with olives": the second is another of the same.
        if (now.Waiting.Quantity is { } count && now.Reader.Ahead(1) is { } next && next.Is(CueKind.With) && current is { Size: not null, HasModifiers: true } && current.Item.FindAnySize(ids))
        {
            var another = current.Another(count);
            now.Sheet.Begin(another);
            now.Waiting.Clear();
            return another.TrySize(ids);
        }
        if (current.Size is not null || !current.TrySize(ids)) return false;
        now.Waiting.Clear();
        return true;
    }

    private bool ReadOption(Segment segment)
    {
        var ids = segment.Match.Meaning.OptionIds;
        if (now.Sheet.IsShared)
        {
            var given = false;
            foreach (var addressed in now.Sheet.Addressed) given |= Give(addressed, ids);
            return given;
        }
        // "bacon for cheese" in an exchange: the cheese is not what the bacon is for.
        var aimed = now.IsGivenUpNext is null ? now.Reader.Target() : null;
        var target = aimed is not null ? now.Sheet.NewestOf(aimed) : now.Sheet.Current?.Fitting(ids) is not null ? now.Sheet.Current : now.Sheet.NewestFitting(ids);
        if (target is not null)
        {
            if (now.Revision == CueKind.Correction && target.LastOption is { } mistaken) target.Forget(mistaken);
            now.Revision = null;
            return Give(target, ids);
        }
        if (now.Sheet.Current is not null && !now.Reader.IsItemAhead(ids)) return false;
        now.Waiting.Add(ids, new SpokenOption(ids[0], now.Denial.Covers(now.Index.GroupOf(ids[0]) ?? "", now.Amount), now.Amount), segment);
        return true;
    }

    private bool Give(LineDraft line, List<string> ids)
    {
        if (line.Fitting(ids) is not { } option) return false;
        line.Apply(new SpokenOption(option, now.Denial.Covers(line.Item.FindOption(option)!.Value.Group.Id, now.Amount), now.Amount));
        return true;
    }
}
