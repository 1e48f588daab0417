namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>
/// Puts segments together from left to right. An item's name takes what stands before it in its noun phrase ("two large thin crust …"); what follows goes
/// to the line that is being spoken of; what comes before any item waits in <see cref="Waiting"/>.
/// </summary>
internal sealed class OrderAssembly
{
    private readonly ParseState _now;
    private readonly PartialNames _names;
    private readonly ItemReading _items;
    private readonly CountReading _counts;
    private readonly AttributeReading _attributes;

    public OrderAssembly(ParseState state)
    {
        _now = state;
        _names = new PartialNames(state);
        _items = new ItemReading(state, _names);
        _counts = new CountReading(state, _names);
        _attributes = new AttributeReading(state, _names);
    }

    public void Run()
    {
        while (!_now.Reader.IsAtEnd)
        {
            var segment = _now.Reader.Current;
            _now.Sheet.Word = segment.Start;
            switch (segment.Kind)
            {
                case SegmentKind.Pause:
                    _now.Denial.EndUnlessUsed();
                    _now.Reader.At++;
                    break;
                case SegmentKind.Unknown:
                    ReadUnknown();
                    break;
                case SegmentKind.Menu:
                    if (!_items.TryRead())
                    {
                        if (!_attributes.TryRead(segment)) ReadUnknown();
                        _now.Amount = null;
                    }
                    break;
                default:
                    ReadCue(segment);
                    break;
            }
        }
        _names.Imply();
    }

    private void ReadCue(Segment segment)
    {
        var kind = segment.Cue.Kind;
        if (kind is CueKind.Article or CueKind.Number or CueKind.Another)
        {
            if (!_items.TryRead()) _counts.Read(segment.Cue);
            return;
        }
        if (kind == CueKind.Amount && _items.TryRead()) return;
        Hear(segment);
        if (kind is not (CueKind.And or CueKind.Or or CueKind.Small or CueKind.Measure or CueKind.Amount)) _now.IsJoined = false;
        if (kind is not (CueKind.Amount or CueKind.Small or CueKind.Measure or CueKind.Descriptor)) _now.Amount = null;
        _now.Reader.At++;
    }

    private void Hear(Segment segment)
    {
        var kind = segment.Cue.Kind;
        switch (kind)
        {
            case CueKind.Amount:
                _now.Amount = segment.Cue.Amount;
                break;
            case CueKind.OnTheSide:
                if (_now.Sheet.Current is { LastOption: { } last } current && _now.Reader.Ahead(-1) is { IsOption: true, IsItem: false }) current.Amount(last, AmountWords.Side);
                break;
            case CueKind.Negation:
                _now.Denial.Begin();
                _now.IsGivenUpNext = segment.Cue.Value == NegationWords.Exchanged ? false : null;
                break;
            case CueKind.Substitution:
                _now.Denial.End();
                if (_now.Reader.IsExchangedWith()) _now.Denial.Begin();
                else (_now.IsListing, _now.IsGivenUpNext) = (true, true);
                break;
            case CueKind.Onto when _now.IsGivenUpNext is { } isGivenUp && _now.Utterance.Words[segment.Start].Stem == "for":
                if (isGivenUp) _now.Denial.Begin();
                else _now.Denial.End();
                (_now.IsListing, _now.IsGivenUpNext) = (true, null);
                break;
            case CueKind.With:
                if (!_now.Denial.IsActive || _now.Denial.HasObject) _now.Denial.End();
                _now.IsListing = true;
                break;
            case CueKind.And or CueKind.Or:
                _now.Denial.Link(kind);
                _now.IsJoined = true;
                if (kind == CueKind.And) _now.Revision = null;
                break;
            case CueKind.But:
                // "everything but onions"
                if (_now.Reader.Ahead(-1) is { IsOption: true } all && (_now.Utterance.Words[all.Start].Stem is "everything" or "all" or "every")) _now.Denial.Begin();
                else _now.Denial.End();
                break;
            case CueKind.Polite:
                if (_now.Denial.HasObject) _now.Denial.End();
                break;
            case CueKind.Clause:
                if (_now.Denial.HasObject || _now.Utterance.Words[segment.Start].Stem is "i" or "id" or "ill" or "can" or "could" or "give") _now.Denial.End();
                break;
            case CueKind.Correction or CueKind.Afterthought:
                _now.Denial.End();
                _now.Revision = kind;
                break;
            case CueKind.TakeBack:
                _now.Sheet.RemoveCurrent();
                break;
            case CueKind.Both:
                _now.Sheet.ShareBoth();
                break;
            case CueKind.All:
                _now.Sheet.ShareAll();
                break;
        }
    }

    /// <summary>Words that name nothing outright: what stands before an item, perhaps a part of an item's name, otherwise reported with suggestions.</summary>
    private void ReadUnknown()
    {
        if (_now.Reader.Current.Kind == SegmentKind.Unknown && _items.TryRead()) return;
        var start = _now.Reader.At++;
        while (!_now.Reader.IsAtEnd && _now.Reader.Current.Kind == SegmentKind.Unknown) _now.Reader.At++;
        if (!_now.Reader.HasContent(start, _now.Reader.At) && _now.Reader.All[start].Kind == SegmentKind.Unknown) return;
        var words = (_now.Reader.All[start].Start, _now.Reader.All[_now.Reader.At - 1].End);
        var describes = !_now.Reader.IsAtEnd && _now.Reader.Current.IsOption;
        if (!_now.Denial.IsActive && !describes && NameGuess.ByWords(_now.Index, _now.Utterance, words, MatchThresholds.Confirm) is { } line)
        {
            _names.Take(line);
            _now.Explain(words.Start, words.End);
            _now.IsListing = _now.IsJoined = false;
        }
        else
        {
            if (_now.Denial.IsActive) _now.Denial.Use();
            _now.AddUnmatched(words.Start, words.End);
        }
    }
}
