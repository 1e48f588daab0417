namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Reads what a caller takes back: "the cola", "one cola", "the onions from the burger", "that".</summary>
internal sealed class RemovalReader(Sentence sentence, OrderContext context)
{
    public void Read(List<Element> parts, List<OrderAct> acts)
    {
        if (parts.Any(part => part.Is(Cue.Everything)) && !parts.Any(part => part.IsItem || part.IsOption))
        {
            acts.Add(new Steer(Cue.StartOver));
            return;
        }

        var options = new LineDraft();
        var removed = new List<RemoveLine>();
        var isFrom = false;
        int? count = null;
        LineReference? from = null;
        foreach (var part in parts)
        {
            if (part.Is(Cue.On) || part.Is(Cue.To))
            {
                isFrom = true;
            }
            else if (part.Number is { } number && !part.IsArticle)
            {
                count = number;
            }
            else if (part.IsItem && (!part.IsOption || context.HasInCart(part)))
            {
                if (isFrom && !options.HasNoModifiers)
                {
                    from = new LineReference(part.Items);
                }
                else
                {
                    removed.Add(new RemoveLine(new LineReference(part.Items), count, sentence.Words(part.First, part.End)));
                }

                count = null;
            }
            else if (part.IsOption)
            {
                options.Choose(part, isWithout: true);
            }
        }

        if (!options.HasNoModifiers)
        {
            acts.Add(new ChangeLine(from ?? LineReference.Last, null, 0, null, [], [.. options.Without], sentence.Words(options)));
        }

        acts.AddRange(removed);
        if (options.HasNoModifiers && removed.Count == 0 && (count is not null || parts.Any(part => part.Is(Cue.That))))
        {
            acts.Add(new RemoveLine(LineReference.Last, count, sentence.Words(0, sentence.Tokens.Count)));
        }
    }
}
