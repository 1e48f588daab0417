namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Reads the lines a caller asks for: "two double classic burgers with bacon and no onions and a large cola".</summary>
internal sealed class AdditionReader(Sentence sentence, OrderContext context, List<LineDraft> drafts)
{
    private readonly LineDraft _bare = new();
    private LineDraft _ahead = new();
    private LineDraft? _current = drafts.LastOrDefault();
    private bool _isWithout;
    private bool _joinsOr;
    private bool _startsPhrase = true;
    private bool _countsByArticle;
    private bool _isTowards;
    private IReadOnlyList<MenuItem> _target = [];

    /// <summary>Appends the acts of these parts; new lines go to <c>drafts</c>, where a later part may still add modifiers.</summary>
    public void Read(List<Element> parts, List<OrderAct> acts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            ReadPart(parts, i, acts);
        }

        if (!_ahead.IsEmpty)
        {
            MoveAhead();
        }

        if (!_bare.IsEmpty)
        {
            acts.Add(new ChangeLine(
                new LineReference(_target), _bare.Quantity, _bare.QuantityDelta, _bare.SizeId, [.. _bare.Options], [.. _bare.Without], sentence.Words(_bare)));
        }
    }

    private void ReadPart(List<Element> parts, int at, List<OrderAct> acts)
    {
        var part = parts[at];
        switch (part.Cue)
        {
            case Cue.To or Cue.On:
                _isTowards = true;
                return;
            case Cue.With:
                _isWithout = false;
                _startsPhrase = false;
                return;
            case Cue.Without:
                _isWithout = true;
                _joinsOr = true;
                _startsPhrase = false;
                return;
            case Cue.And:
                _joinsOr = false;
                _startsPhrase = true;
                return;
            case Cue.Or:
                _joinsOr = true;
                return;
            case Cue.AnotherOne when NextHead(parts, at) is not null:
                _ahead.Quantity = 1;
                _ahead.Cover(part);
                return;
            case Cue.AnotherOne:
                _bare.QuantityDelta = 1;
                _bare.Cover(part);
                return;
            case Cue.That when _bare.QuantityDelta == 0 && _ahead.Quantity is { } count && _current is null:
                (_bare.Quantity, _ahead.Quantity) = (count, null);
                return;
        }

        if (part.Number is { } number)
        {
            ReadNumber(parts, at, number);
        }
        else if (part.IsItem && !MeansOption(parts, at))
        {
            ReadItem(part, acts);
        }
        else if (part.IsSize && !(part.IsOption && _current is { } line && line.Offers(part) && !line.OffersSize(part)))
        {
            ReadSize(parts, at);
        }
        else if (part.IsOption)
        {
            ReadOption(parts, at);
        }
    }

    private void ReadNumber(List<Element> parts, int at, int number)
    {
        var part = parts[at];
        if (NextHead(parts, at) is not null)
        {
            _ahead.Quantity = number;
            _ahead.Cover(part);
            _countsByArticle = part.IsArticle;
            _isWithout = false;
            _startsPhrase = true;
            return;
        }

        var next = Next(parts, at);
        if (part.IsArticle || next is { IsOption: true })
        {
            return;
        }

        if (next is not null && next.Is(Cue.More))
        {
            _bare.QuantityDelta = number;
            _bare.Cover(part);
        }
        else if (_current is { Quantity: null } line)
        {
            line.Quantity = number;
            line.Cover(part);
        }
        else if (_current is null)
        {
            _bare.Quantity = number;
            _bare.Cover(part);
        }
    }

    private void ReadItem(Element part, List<OrderAct> acts)
    {
        if (_isTowards && !_bare.HasNoModifiers && _ahead.IsEmpty)
        {
            // "add bacon to the burger"
            _target = part.Items;
            _bare.Cover(part);
            return;
        }

        if (_isWithout && _ahead.Quantity is null && !_startsPhrase)
        {
            // "no cola" takes the cola back.
            if (context.HasInCart(part))
            {
                acts.Add(new RemoveLine(new LineReference(part.Items), null, sentence.Words(part.First, part.End)));
            }

            _isWithout = false;
            return;
        }

        _ahead.Items = part.Items;
        _ahead.Cover(part);
        if (_ahead.Items.Count > 1)
        {
            Narrow(_ahead);
        }

        _ahead.Position = acts.Count;
        drafts.Add(_ahead);
        (_current, _ahead) = (_ahead, new LineDraft());
        (_isWithout, _joinsOr, _startsPhrase) = (false, false, false);
    }

    private void ReadSize(List<Element> parts, int at)
    {
        var part = parts[at];
        var head = NextHead(parts, at);
        if (head is not null && (head.Items.Any(item => LineDraft.SizeOf(item, part) is not null) || _current is null || !_current.OffersSize(part) || _startsPhrase))
        {
            _ahead.Items = head.Items;
            _ahead.Choose(part);
            _ahead.Items = [];
        }
        else if (_current is { SizeId: null } line)
        {
            line.Choose(part);
        }
        else if (_current is null)
        {
            _bare.Items = context.AskedItem is { } asked ? [asked] : [];
            _bare.Choose(part);
            _bare.Items = [];
        }
    }

    private void ReadOption(List<Element> parts, int at)
    {
        var part = parts[at];
        var head = NextHead(parts, at);
        if (head is not null && head.Items.Any(item => LineDraft.OptionOf(item, part) is not null) && (_current is null || _startsPhrase))
        {
            _ahead.Items = head.Items;
            _ahead.Choose(part, _isWithout);
            _ahead.Items = [];
            return;
        }

        var line = _current is not null && _current.Offers(part) ? _current : drafts.LastOrDefault(draft => draft.Offers(part)) ?? _current;
        if (line is null)
        {
            _bare.Items = context.AskedItem is { } asked ? [asked] : [];
            _bare.Choose(part, _isWithout);
            _bare.Items = [];
            return;
        }

        // "no onions and bacon": what is on it anyway is left out, what costs extra is wanted.
        var isWithout = _isWithout && (_joinsOr || line.IncludesByDefault(part));
        line.Choose(part, isWithout);
        (_isWithout, _joinsOr) = (isWithout, false);
        _startsPhrase = false;
    }

    /// <summary>"cola" of a meal that lacks its drink, "bacon" of a burger, against a line of its own.</summary>
    private bool MeansOption(List<Element> parts, int at)
    {
        var part = parts[at];
        if (!part.IsOption)
        {
            return false;
        }

        if (_current is null)
        {
            return (context.AskedItem is { } asked && LineDraft.OptionOf(asked, part) is not null)
                || (NextHead(parts, at) is { } head && head.Items.Any(item => LineDraft.OptionOf(item, part) is not null))
                || (!part.NamesItemFully && _ahead.Quantity is null && context.CartItemIds.Count > 0);
        }

        if (_ahead.SizeId is not null || _ahead.Quantity > 1)
        {
            return false;
        }

        return _current.StillNeeds(part) || (_current.Offers(part) && (!_startsPhrase || !part.NamesItemFully));
    }

    private static void Narrow(LineDraft draft)
    {
        var fitting = draft.Items.Where(item =>
            (draft.SizeId is null || item.FindSize(draft.SizeId) is not null) && draft.Options.All(id => item.FindOption(id) is not null)).ToList();
        draft.Items = fitting.Count > 0 ? fitting : draft.Items;
    }

    private void MoveAhead()
    {
        _bare.Quantity ??= _countsByArticle ? null : _ahead.Quantity;
        _bare.SizeId ??= _ahead.SizeId;
        _bare.Options.AddRange(_ahead.Options);
        _bare.Without.AddRange(_ahead.Without);
    }

    /// <summary>The item that the words before it describe: the next one with only sizes, options and empty words between.</summary>
    private static Element? NextHead(List<Element> parts, int at)
    {
        for (var i = at + 1; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.IsItem)
            {
                // "cheddar burger": a word that may be either is the head only when no item follows it directly.
                return part.IsOption && i + 1 < parts.Count && parts[i + 1].IsItem && !parts[i + 1].IsOption ? parts[i + 1] : part;
            }

            if (!(part.IsSize || part.IsOption || part.Cue is Cue.Filler or Cue.More or Cue.The or null) || part.Number is not null)
            {
                return null;
            }
        }

        return null;
    }

    private static Element? Next(List<Element> parts, int at) => parts.Skip(at + 1).FirstOrDefault(part => !part.Is(Cue.Filler));
}
