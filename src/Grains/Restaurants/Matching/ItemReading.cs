namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Noun phrases that end in an item's name, and what a new line takes with it.</summary>
internal sealed class ItemReading(ParseState now, PartialNames names)
{
    /// <summary>A noun phrase that ends in an item's name, when its words are not rather attributes of the current line.</summary>
    public bool TryRead()
    {
        if (NounPhrase.Read(now.Reader.All, now.Reader.At) is not { } phrase) return false;
        var item = now.Index.Items[now.Reader.All[phrase.Head].Match.Meaning.Items[0]];
        if (phrase.IsDetermined ? FillsCurrent(phrase) : BelongsToCurrent(phrase, item)) return false;
        if (BeginsAnOption(phrase) is { } option)
        {
            now.Sheet.Current!.Apply(new SpokenOption(option, false, now.Amount));
            now.Claim(now.Reader.At, phrase.Head + 1);
            (now.Reader.At, now.Amount) = (phrase.Head + 1, null);
            return true;
        }
        if (now.Denial is { IsActive: true, HasObject: false })
        {
            if (phrase.Options.Count > 0 && !phrase.IsDetermined) return false;
            // "no cola": nothing is ordered, and what was named before is taken back.
            now.Sheet.RemoveItem(item);
            now.Denial.Use();
        }
        else
        {
            if (now.Sheet.IsShared && phrase.Quantity is null && now.Reader.Ahead(-1) is { Cue.Kind: CueKind.All or CueKind.Both or CueKind.Small } && now.Sheet.NewestOf(item) is not null) now.Sheet.KeepSharing();
            else if (now.Reader.IsPointing() && phrase.Quantity is null && now.Sheet.NewestOf(item) is { } known) now.Sheet.Return(known);
            else Begin(item, phrase);
            now.Denial.End();
        }
        now.Claim(now.Reader.At, phrase.Head + 1);
        now.Reader.At = now.Reader.SkipGenericHeads(item, phrase.Head + 1);
        now.EndPhrase();
        return true;
    }

    /// <summary>Whether bare words are about the line before: "with bacon and cheese" although cheese can also be ordered alone.</summary>
    private bool BelongsToCurrent(NounPhrase phrase, IndexedItem item)
    {
        if (now.Sheet.Current is not { } current) return false;
        if (phrase.Options.Count == 0)
        {
            var head = now.Reader.All[phrase.Head];
            if (!head.IsOption || current.Fitting(head.Match.Meaning.OptionIds) is not { } option) return false;
            return now.Denial.IsActive || current.IsOpenRequirement(option) || now.IsListing || now.Amount is not null;
        }
        if (current.Fitting(now.OptionsAt(phrase.Options[0].Segment)) is null) return false;
        if (now.Denial.IsActive || now.Amount is not null) return true;
        return !phrase.Options.TrueForAll(option => item.HasAnyOption(now.OptionsAt(option.Segment))) || now.IsListing && !now.IsJoined;
    }

    /// <summary>
    /// "a latte, add espresso": right after a word that adds, bare words that begin the name of just one option of the line ("espresso shot") are that option, though they name an
    /// item too.
    /// </summary>
    private string? BeginsAnOption(NounPhrase phrase)
    {
        if (!now.IsListing || now.IsJoined || now.Denial.IsActive || phrase.IsDetermined || phrase.Options.Count > 0 || phrase.Head != now.Reader.At || now.Sheet.Current is not { } current) return null;
        var head = now.Reader.All[phrase.Head];
        string? only = null;
        foreach (var id in current.Item.Item.Groups.SelectMany(group => group.Options).Where(option => now.Begins(option, head)).Select(option => option.Id))
        {
            if (only is not null) return null;
            only = id;
        }
        return only is null ? null : current.Fitting([only]);
    }

    /// <summary>"the combo with rings and a cola": the cola fills what the combo still needs.</summary>
    private bool FillsCurrent(NounPhrase phrase) => phrase is { Quantity: null or 1, Size: null, Options.Count: 0 } && now.Sheet.Current is { Quantity: 1 } current
        && now.Reader.All[phrase.Head] is { IsOption: true } head && current.Fitting(head.Match.Meaning.OptionIds) is { } option && current.IsOpenRequirement(option);

    private void Begin(IndexedItem item, NounPhrase phrase)
    {
        var head = now.Reader.All[phrase.Head];
        var line = new LineDraft(item, head.Match.Quality);
        if (phrase.IsDetermined && now.Waiting is { IsDetermined: true, HasOptions: true } || now.Waiting.HasOptions && !now.Waiting.FitsAll(line)) names.Imply();
        var replaced = Revise(item);
        line.HasOwnQuantity = phrase.Quantity is not null && !phrase.HasArticle || now.Waiting.Number is not null;
        line.Quantity = phrase.Quantity ?? now.Waiting.Quantity ?? replaced?.Quantity ?? 1;
        if (now.Waiting.SizeIds is { } size) line.TrySize(size);
        if (phrase.Size is { } place) TakeSize(line, now.Reader.All[place]);
        else if (replaced is { Size: { } kept } && line.Size is null) line.TrySize([kept]);
        if (head.Match.Inside is { } inside && line.Fitting(inside.OptionIds) is { } within) line.Apply(new SpokenOption(within, false, null));
        var rest = now.Waiting.After(phrase.Quantity);
        now.Waiting.GiveTo(line);
        if (rest is { } more) (now.Waiting.Number, now.Waiting.SizeIds) = (more.Number, more.SizeIds);
        foreach (var (option, amount) in phrase.Options) GiveOption(line, now.OptionsAt(option), amount);
        if (phrase.Unknown >= 0 && now.Reader.HasContent(phrase.Unknown, phrase.Head))
        {
            line.Doubt(MatchCeilings.UnknownWord);
            now.AddUnmatched(now.Reader.All[phrase.Unknown].Start, head.Start);
        }
        line.EndName();
        now.Sheet.Begin(line);
    }

    /// <summary>What a new item takes the place of: "a small cola, actually a large cola", "a burger, no wait, a salad".</summary>
    private LineDraft? Revise(IndexedItem item)
    {
        if (now.Revision is null || now.Sheet.Current is not { } current) return null;
        var same = current.Item.Position == item.Position;
        if (now.Revision == CueKind.Afterthought && !same) return null;
        now.Sheet.RemoveCurrent();
        return same ? current : null;
    }

    private void GiveOption(LineDraft line, List<string> ids, string? amount)
    {
        if (line.Fitting(ids) is { } option) line.Apply(new SpokenOption(option, false, amount));
        else if (now.Sheet.Current is { } current && current.Fitting(ids) is { } earlier) current.Apply(new SpokenOption(earlier, false, amount));
    }

    private static void TakeSize(LineDraft line, Segment segment)
    {
        if (line.TrySize(segment.Match.Meaning.SizeIds)) return;
        if (line.Fitting(segment.Match.Meaning.OptionIds) is { } option) line.Apply(new SpokenOption(option, false, null));
        else line.Doubt(MatchCeilings.SizeMissing);
    }
}
