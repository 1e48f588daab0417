using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>
/// Puts segments together from left to right. An item's name takes what stands before it in its noun phrase ("two large thin crust …"); what follows goes
/// to the line that is being spoken of; what comes before any item waits in <see cref="Waiting"/>.
/// </summary>
internal sealed class OrderAssembly(MenuIndex index, Utterance utterance, SegmentReader reader, bool[] claimed)
{
    private readonly LineSheet _sheet = new();
    private readonly Denial _denial = new();
    private readonly Waiting _waiting = new();
    private readonly List<UnmatchedWords> _unmatched = [];
    private CueKind? _revision;
    private bool _listing;
    private bool _joined;
    private string? _amount;

    public IReadOnlyList<LineDraft> Lines => _sheet.Lines;
    public IReadOnlyList<UnmatchedWords> Unmatched => _unmatched;

    public void Run()
    {
        while (!reader.IsAtEnd)
        {
            var segment = reader.Current;
            switch (segment.Kind)
            {
                case SegmentKind.Pause:
                    _denial.EndUnlessUsed();
                    reader.At++;
                    break;
                case SegmentKind.Unknown:
                    ReadUnknown();
                    break;
                case SegmentKind.Menu:
                    if (!TryNoun()) ReadAttribute(segment);
                    break;
                default:
                    ReadCue(segment);
                    break;
            }
        }
        Imply();
    }

    private void ReadCue(Segment segment)
    {
        var kind = segment.Cue.Kind;
        if (kind is CueKind.Article or CueKind.Number or CueKind.Another)
        {
            if (!TryNoun()) ReadCount(segment.Cue);
            return;
        }
        if (kind == CueKind.Amount && TryNoun()) return;
        Hear(segment);
        if (kind is not (CueKind.And or CueKind.Or or CueKind.Small or CueKind.Measure or CueKind.Amount)) _joined = false;
        if (kind is not (CueKind.Amount or CueKind.Small or CueKind.Measure or CueKind.Descriptor)) _amount = null;
        reader.At++;
    }

    private void Hear(Segment segment)
    {
        var kind = segment.Cue.Kind;
        switch (kind)
        {
            case CueKind.Amount:
                _amount = segment.Cue.Amount;
                break;
            case CueKind.OnTheSide:
                if (_sheet.Current is { LastOption: { } last } current && reader.Ahead(-1) is { IsOption: true, IsItem: false }) current.Amount(last, AmountWords.Side);
                break;
            case CueKind.Negation:
                _denial.Begin();
                break;
            case CueKind.With:
                if (!_denial.IsActive || _denial.HasObject) _denial.End();
                _listing = true;
                break;
            case CueKind.And or CueKind.Or:
                _denial.Link(kind);
                _joined = true;
                if (kind == CueKind.And) _revision = null;
                break;
            case CueKind.But:
                // "everything but onions"
                if (reader.Ahead(-1) is { IsOption: true } all && (utterance.Words[all.Start].Stem is "everything" or "all" or "every")) _denial.Begin();
                else _denial.End();
                break;
            case CueKind.Polite:
                if (_denial.HasObject) _denial.End();
                break;
            case CueKind.Clause:
                if (_denial.HasObject || utterance.Words[segment.Start].Stem is "i" or "id" or "ill" or "can" or "could" or "give") _denial.End();
                break;
            case CueKind.Correction or CueKind.Afterthought:
                _denial.End();
                _revision = kind;
                break;
            case CueKind.TakeBack:
                _sheet.RemoveCurrent();
                break;
            case CueKind.Both:
                _sheet.ShareBoth();
                break;
            case CueKind.All:
                _sheet.ShareAll();
                break;
        }
    }

    /// <summary>A noun phrase that ends in an item's name, when its words are not rather attributes of the current line.</summary>
    private bool TryNoun()
    {
        if (NounPhrase.Read(reader.All, reader.At) is not { } phrase) return false;
        var item = index.Items[reader.All[phrase.Head].Match.Meaning.Items[0]];
        if (phrase.IsDetermined ? FillsCurrent(phrase) : BelongsToCurrent(phrase, item)) return false;
        if (_denial is { IsActive: true, HasObject: false })
        {
            if (phrase.Options.Count > 0 && !phrase.IsDetermined) return false;
            // "no cola": nothing is ordered, and what was named before is taken back.
            _sheet.RemoveItem(item);
            _denial.Use();
        }
        else
        {
            if (_sheet.IsShared && phrase.Quantity is null && reader.Ahead(-1) is { Cue.Kind: CueKind.All or CueKind.Both or CueKind.Small } && _sheet.NewestOf(item) is not null) _sheet.KeepSharing();
            else if (reader.IsPointing() && phrase.Quantity is null && _sheet.NewestOf(item) is { } known) _sheet.Return(known);
            else Begin(item, phrase);
            _denial.End();
        }
        Claim(reader.At, phrase.Head + 1);
        reader.At = reader.SkipGenericHeads(item, phrase.Head + 1);
        (_listing, _joined, _amount, _revision) = (false, false, null, null);
        return true;
    }

    /// <summary>Whether bare words are about the line before: "with bacon and cheese" although cheese can also be ordered alone.</summary>
    private bool BelongsToCurrent(NounPhrase phrase, IndexedItem item)
    {
        if (_sheet.Current is not { } current) return false;
        if (phrase.Options.Count == 0)
        {
            var head = reader.All[phrase.Head];
            if (!head.IsOption || current.Fitting(head.Match.Meaning.OptionIds) is not { } option) return false;
            return _denial.IsActive || current.IsOpenRequirement(option) || _listing || _amount is not null;
        }
        if (current.Fitting(OptionsAt(phrase.Options[0].Segment)) is null) return false;
        if (_denial.IsActive || _amount is not null) return true;
        return !phrase.Options.TrueForAll(option => item.HasAnyOption(OptionsAt(option.Segment))) || _listing && !_joined;
    }

    /// <summary>"the combo with rings and a cola": the cola fills what the combo still needs.</summary>
    private bool FillsCurrent(NounPhrase phrase) => phrase is { Quantity: null or 1, Size: null, Options.Count: 0 } && _sheet.Current is { Quantity: 1 } current
        && reader.All[phrase.Head] is { IsOption: true } head && current.Fitting(head.Match.Meaning.OptionIds) is { } option && current.IsOpenRequirement(option);

    private void Begin(IndexedItem item, NounPhrase phrase)
    {
        var head = reader.All[phrase.Head];
        var line = new LineDraft(item, head.Match.Quality);
        if (phrase.IsDetermined && _waiting is { IsDetermined: true, HasOptions: true } || _waiting.HasOptions && !_waiting.FitsAll(line)) Imply();
        var replaced = Revise(item);
        line.HasOwnQuantity = phrase.Quantity is not null && !phrase.HasArticle || _waiting.Number is not null;
        line.Quantity = phrase.Quantity ?? _waiting.Quantity ?? replaced?.Quantity ?? 1;
        if (_waiting.SizeIds is { } size) line.TrySize(size);
        if (phrase.Size is { } place) TakeSize(line, reader.All[place]);
        else if (replaced is { Size: { } kept } && line.Size is null) line.TrySize([kept]);
        if (head.Match.Inside is { } inside && line.Fitting(inside.OptionIds) is { } within) line.Apply(new SpokenOption(within, false, null));
        var rest = _waiting.After(phrase.Quantity);
        _waiting.GiveTo(line);
        if (rest is { } more) (_waiting.Number, _waiting.SizeIds) = (more.Number, more.SizeIds);
        foreach (var (option, amount) in phrase.Options) GiveOption(line, OptionsAt(option), amount);
        if (phrase.Unknown >= 0 && reader.HasContent(phrase.Unknown, phrase.Head))
        {
            line.Doubt(MatchCeilings.UnknownWord);
            AddUnmatched(reader.All[phrase.Unknown].Start, head.Start);
        }
        line.EndName();
        _sheet.Begin(line);
    }

    /// <summary>What a new item takes the place of: "a small cola, actually a large cola", "a burger, no wait, a salad".</summary>
    private LineDraft? Revise(IndexedItem item)
    {
        if (_revision is null || _sheet.Current is not { } current) return null;
        var same = current.Item.Position == item.Position;
        if (_revision == CueKind.Afterthought && !same) return null;
        _sheet.RemoveCurrent();
        return same ? current : null;
    }

    private void GiveOption(LineDraft line, List<string> ids, string? amount)
    {
        if (line.Fitting(ids) is { } option) line.Apply(new SpokenOption(option, false, amount));
        else if (_sheet.Current is { } current && current.Fitting(ids) is { } earlier) current.Apply(new SpokenOption(earlier, false, amount));
    }

    private static void TakeSize(LineDraft line, Segment segment)
    {
        if (line.TrySize(segment.Match.Meaning.SizeIds)) return;
        if (line.Fitting(segment.Match.Meaning.OptionIds) is { } option) line.Apply(new SpokenOption(option, false, null));
        else line.Doubt(MatchCeilings.SizeMissing);
    }

    /// <summary>A number or article that no item's name follows.</summary>
    private void ReadCount(Cue cue)
    {
        reader.At++;
        var next = reader.IsAtEnd ? default : reader.Current;
        var nothing = reader.IsAtEnd;
        var describes = !nothing && (next.Is(CueKind.With) || next.Is(CueKind.Negation) || next.Is(CueKind.Amount) || next.IsOption && cue.Kind == CueKind.Number);
        if (cue.Kind != CueKind.Article && _sheet.Current is { } line)
        {
            if (describes && _sheet.CanSplit(cue.Value))
            {
                _sheet.Split(cue.Value);
                return;
            }
            // "two with ham and one with olives"
            if (next.Is(CueKind.With) && line.HasModifiers && _joined)
            {
                _sheet.Begin(line.Another(cue.Value));
                return;
            }
            if (!next.IsOption && TryCountCurrent(line, cue, describes)) return;
        }
        if (TryPartialName(cue)) return;
        if (_sheet.Current is null && _waiting is { IsDetermined: true, HasOptions: true }) Imply();
        if (_sheet.Current is null || next.IsSize) _waiting.Count(cue.Value, cue.Kind);
    }

    /// <summary>"make that two", "another one", "… two please": the number is about the line before.</summary>
    private bool TryCountCurrent(LineDraft line, Cue cue, bool describes)
    {
        if (_revision is not null || !line.HasOwnQuantity && cue.Kind == CueKind.Number && !reader.HasMeaningAhead())
        {
            (line.Quantity, line.HasOwnQuantity, _revision) = (cue.Value, true, null);
            return true;
        }
        if (cue.Kind != CueKind.Another) return false;
        if (describes) _sheet.Begin(line.Another(cue.Value));
        else line.Quantity += cue.Value;
        return true;
    }

    /// <summary>A size or option that no item's name follows.</summary>
    private void ReadAttribute(Segment segment)
    {
        var isSize = segment.IsSize && (_amount is null || !segment.IsOption);
        if (isSize && ReadSize(segment) || segment.IsOption && ReadOption(segment))
        {
            Claim(reader.At, reader.At + 1);
            reader.At++;
        }
        else if (isSize && !segment.IsOption)
        {
            if (TryPartialName(default)) return;
            if (_sheet.Current is null && _waiting is { IsDetermined: true, HasOptions: true }) Imply();
            _waiting.SizeIds = segment.Match.Meaning.SizeIds;
            Claim(reader.At, reader.At + 1);
            reader.At++;
        }
        else ReadUnknown();
        _amount = null;
    }

    private bool ReadSize(Segment segment)
    {
        var ids = segment.Match.Meaning.SizeIds;
        if (_sheet.Current is not { } current) return false;
        if (_sheet.IsShared || _revision is not null)
        {
            var taken = false;
            foreach (var line in _sheet.Addressed) taken |= line.TrySize(ids);
            _revision = null;
            return taken;
        }
        // "a medium with ham and a large with olives": the second is another of the same.
        if (_waiting.Quantity is { } count && reader.Ahead(1) is { } next && next.Is(CueKind.With) && current is { Size: not null, HasModifiers: true } && current.Item.FindAnySize(ids))
        {
            var another = current.Another(count);
            _sheet.Begin(another);
            _waiting.Clear();
            return another.TrySize(ids);
        }
        if (current.Size is not null || !current.TrySize(ids)) return false;
        _waiting.Clear();
        return true;
    }

    private bool ReadOption(Segment segment)
    {
        var ids = segment.Match.Meaning.OptionIds;
        if (_sheet.IsShared)
        {
            var given = false;
            foreach (var addressed in _sheet.Addressed) given |= Give(addressed, ids);
            return given;
        }
        var aimed = reader.Target();
        var target = aimed is not null ? _sheet.NewestOf(aimed) : _sheet.Current?.Fitting(ids) is not null ? _sheet.Current : _sheet.NewestFitting(ids);
        if (target is not null)
        {
            if (_revision == CueKind.Correction && target.LastOption is { } mistaken) target.Forget(mistaken);
            _revision = null;
            return Give(target, ids);
        }
        if (_sheet.Current is not null && !reader.IsItemAhead(ids)) return false;
        _waiting.Add(ids, new SpokenOption(ids[0], _denial.Covers(index.GroupOf(ids[0]) ?? "", _amount), _amount), segment);
        return true;
    }

    private bool Give(LineDraft line, List<string> ids)
    {
        if (line.Fitting(ids) is not { } option) return false;
        line.Apply(new SpokenOption(option, _denial.Covers(line.Item.FindOption(option)!.Value.Group.Id, _amount), _amount));
        return true;
    }

    /// <summary>"a large pepperoni": a number or size and a part of one item's name.</summary>
    private bool TryPartialName(Cue count)
    {
        var end = reader.EndOfName();
        if (end == reader.At || _denial.IsActive) return false;
        var first = reader.At;
        while (first < end && reader.All[first] is { IsSize: true, IsOption: false }) first++;
        if (first == end || _listing && _sheet.Current is { } current && reader.All[first].IsOption && current.Fitting(OptionsAt(first)) is not null) return false;
        if (NameGuess.ByWords(index, utterance, (reader.All[first].Start, reader.All[end - 1].End), MatchCeilings.PartialName) is not { } line) return false;
        line.Quantity = count.Kind is CueKind.Number or CueKind.Article or CueKind.Another ? Math.Max(count.Value, 1) : _waiting.Quantity ?? 1;
        line.HasOwnQuantity = count.Kind == CueKind.Number;
        if (_waiting.SizeIds is { } size) line.TrySize(size);
        for (var i = reader.At; i < first; i++) line.TrySize(reader.All[i].Match.Meaning.SizeIds);
        _waiting.GiveTo(line);
        _sheet.Begin(line);
        reader.At = end;
        (_listing, _joined, _amount, _revision) = (false, false, null, null);
        return true;
    }

    /// <summary>Words that name nothing outright: what stands before an item, perhaps a part of an item's name, otherwise reported with suggestions.</summary>
    private void ReadUnknown()
    {
        if (reader.Current.Kind == SegmentKind.Unknown && TryNoun()) return;
        var start = reader.At++;
        while (!reader.IsAtEnd && reader.Current.Kind == SegmentKind.Unknown) reader.At++;
        if (!reader.HasContent(start, reader.At) && reader.All[start].Kind == SegmentKind.Unknown) return;
        var words = (reader.All[start].Start, reader.All[reader.At - 1].End);
        var describes = !reader.IsAtEnd && reader.Current.IsOption;
        if (!_denial.IsActive && !describes && NameGuess.ByWords(index, utterance, words, MatchThresholds.Confirm) is { } line)
        {
            line.Quantity = _waiting.Quantity ?? 1;
            line.HasOwnQuantity = _waiting.Number is not null;
            if (_waiting.SizeIds is { } size) line.TrySize(size);
            _waiting.GiveTo(line);
            _sheet.Begin(line);
            _listing = _joined = false;
        }
        else
        {
            if (_denial.IsActive) _denial.Use();
            AddUnmatched(words.Start, words.End);
        }
    }

    /// <summary>What waited for an item that never came: perhaps its words were part of a name, perhaps only one item fits.</summary>
    private void Imply()
    {
        if (_waiting.HasOptions && (NameGuess.ByWords(index, utterance, _waiting.Words, MatchThresholds.Confirm) ?? NameGuess.ByFit(index, _waiting)) is { } line)
        {
            line.Quantity = _waiting.Quantity ?? 1;
            line.HasOwnQuantity = _waiting.Number is not null;
            if (_waiting.SizeIds is { } size) line.TrySize(size);
            _waiting.GiveTo(line);
            _sheet.Begin(line);
        }
        else if (_waiting.HasOptions) AddUnmatched(_waiting.Words.Start, _waiting.Words.End);
        _waiting.Clear();
    }

    private List<string> OptionsAt(int place) => reader.All[place].Match.Meaning.OptionIds;

    private void AddUnmatched(int start, int end)
    {
        var text = utterance.TextOf(start, end);
        _unmatched.Add(new UnmatchedWords(text, index.Suggest(text, 3)));
    }

    private void Claim(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (reader.All[i].Kind == SegmentKind.Menu) claimed.AsSpan(reader.All[i].Start, reader.All[i].End - reader.All[i].Start).Fill(true);
    }
}
