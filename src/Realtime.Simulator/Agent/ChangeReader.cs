namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Reads changes of what is ordered: "make that three", "a large instead", "change the cola to a lemonade", "no onions on the burger".</summary>
internal sealed class ChangeReader(Sentence sentence, OrderContext context)
{
    private LineDraft _change = new();
    private IReadOnlyList<MenuItem>? _target;
    private LineDraft? _replacement;
    private bool _isWithout;
    private bool _isTowards;
    private bool _isInstead;

    public void Read(List<Element> parts, List<OrderAct> acts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.Is(Cue.And) && HasChange && NamesItemNext(parts, i))
            {
                Finish(acts);
                var rest = parts.GetRange(i + 1, parts.Count - i - 1);
                if (StartsNewLine(rest))
                {
                    ReadAddition(rest, acts);
                    return;
                }

                continue;
            }

            ReadPart(part);
        }

        Finish(acts);
    }

    private bool HasChange => _change.Quantity is not null || _change.QuantityDelta != 0 || !_change.HasNoModifiers || _replacement is not null;

    private void ReadPart(Element part)
    {
        switch (part.Cue)
        {
            case Cue.To:
                _isTowards = true;
                return;
            case Cue.With:
                (_isTowards, _isWithout) = (true, false);
                return;
            case Cue.Without:
                _isWithout = true;
                return;
            case Cue.Instead:
                _isInstead = true;
                return;
            case Cue.AnotherOne or Cue.More:
                (_change.QuantityDelta, _change.Quantity) = (_change.Quantity ?? 1, null);
                _change.Cover(part);
                return;
        }

        if (part.Number is { } number && !part.IsArticle)
        {
            _change.Quantity = number;
            _change.Cover(part);
        }
        else if (part.IsItem && !MeansOption(part))
        {
            ReadItem(part);
        }
        else if (part.IsSize)
        {
            _change.Items = _target ?? [];
            _change.Choose(part);
        }
        else if (part.IsOption)
        {
            _change.Items = _target ?? (context.AskedItem is { } asked ? [asked] : []);
            _change.Choose(part, _isWithout);
        }
    }

    private bool MeansOption(Element part) =>
        part.IsOption && !context.HasInCart(part)
        && (_target ?? []).Concat(context.AskedItem is { } asked ? [asked] : []).Any(item => LineDraft.OptionOf(item, part) is not null);

    private void ReadItem(Element part)
    {
        if (_isWithout)
        {
            _isWithout = false;
            _target = part.Items;
            _change.QuantityDelta = int.MinValue;
        }
        else if (_isInstead && _replacement is not null)
        {
            // "a lemonade instead of the cola"
            _target = part.Items;
        }
        else if (_target is null && _replacement is null && context.HasInCart(part))
        {
            _target = part.Items;
        }
        else if (_target is null || _isTowards)
        {
            _change.Items = part.Items;
            _replacement = _change;
            _change = new LineDraft();
        }

        _change.Cover(part);
        _replacement?.Cover(part);
    }

    private void Finish(List<OrderAct> acts)
    {
        var line = _target is null ? LineReference.Last : new LineReference(_target);
        if (_change.QuantityDelta == int.MinValue)
        {
            acts.Add(new RemoveLine(line, null, sentence.Words(_change)));
        }
        else if (_replacement is not null)
        {
            _replacement.SizeId ??= _change.SizeId;
            _replacement.Quantity ??= _change.Quantity;
            _replacement.Options.AddRange(_change.Options);
            _replacement.Without.AddRange(_change.Without);
            acts.Add(new ReplaceLine(line, sentence.AsAddition(_replacement)));
        }
        else if (HasChange)
        {
            acts.Add(new ChangeLine(
                line, _change.Quantity, _change.QuantityDelta, _change.SizeId, [.. _change.Options], [.. _change.Without], sentence.Words(_change)));
        }

        (_change, _target, _replacement, _isWithout, _isTowards, _isInstead) = (new LineDraft(), null, null, false, false, false);
    }

    /// <summary>Whether the words after "and" up to the next "and" name a dish.</summary>
    private static bool NamesItemNext(List<Element> parts, int at) =>
        parts.Skip(at + 1).TakeWhile(part => !part.Is(Cue.And)).Any(part => part.IsItem && part is { IsOption: false } or { NamesItemFully: true });

    /// <summary>"and a cola" orders, "and the burger without onions" goes on changing.</summary>
    private bool StartsNewLine(List<Element> rest)
    {
        var first = rest.FirstOrDefault(part => !part.Is(Cue.Filler));
        return first is not null && !first.Is(Cue.The) && (first.Number is not null || !rest.Any(part => part.IsItem && context.HasInCart(part)));
    }

    private void ReadAddition(List<Element> rest, List<OrderAct> acts)
    {
        var drafts = new List<LineDraft>();
        new AdditionReader(sentence, context, drafts).Read(rest, acts);
        foreach (var draft in Enumerable.Reverse(drafts))
        {
            acts.Insert(draft.Position, sentence.AsAddition(draft));
        }
    }
}
