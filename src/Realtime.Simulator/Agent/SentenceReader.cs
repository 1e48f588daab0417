namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Turns a sentence into the acts it asks for. Works from the menu's names and <see cref="CuePhrases"/> only.</summary>
internal sealed class SentenceReader(MenuLexicon lexicon)
{
    private readonly Tagger _tagger = new(lexicon);

    private enum Verb
    {
        Add,
        Correct,
        Change,
        Remove,
    }

    public IReadOnlyList<OrderAct> Read(string text, OrderContext context)
    {
        var (tokens, elements) = _tagger.Read(text, context.AskedItem);
        var sentence = new Sentence(text, tokens);
        var acts = new List<OrderAct>();
        if (FindQuestion(sentence, elements) is { } question)
        {
            acts.Add(question);
            return acts;
        }

        var drafts = new List<LineDraft>();
        foreach (var (verb, parts) in Split(TakeSteering(elements, acts)))
        {
            switch (verb)
            {
                case Verb.Remove:
                    new RemovalReader(sentence, context).Read(parts, acts);
                    break;
                case Verb.Change:
                    new ChangeReader(sentence, context).Read(parts, acts);
                    break;
                case Verb.Correct when CorrectsTheCart(parts, context):
                    new ChangeReader(sentence, context).Read(parts, acts);
                    break;
                default:
                    new AdditionReader(sentence, context, drafts).Read(parts, acts);
                    break;
            }
        }

        foreach (var draft in Enumerable.Reverse(drafts))
        {
            acts.Insert(draft.Position, sentence.AsAddition(draft));
        }

        return acts;
    }

    private static bool CorrectsTheCart(List<Element> parts, OrderContext context) =>
        parts.Any(part => part.Is(Cue.Instead))
        || !parts.Any(part => part.IsItem && !part.IsSize && !part.IsOption)
        || parts.Any(part => part.IsItem && context.HasInCart(part));

    private static MenuQuestion? FindQuestion(Sentence sentence, List<Element> elements)
    {
        var at = elements.FindIndex(element => element.Cue is Cue.HowMuch or Cue.DoYouHave);
        if (at < 0 || elements.Take(at).Any(element => element.IsItem || element.IsOption || element.Number is not null))
        {
            return null;
        }

        var rest = elements.Skip(at + 1).ToList();
        var asked = rest.Where(element => element.IsItem || element.IsOption || element.IsSize || (element.Cue is null && element.Number is null)).ToList();
        var items = asked.FirstOrDefault(element => element.IsItem)?.Items ?? [];
        return asked.Count == 0
            ? new MenuQuestion(Cue.ShowMenu, "", [])
            : new MenuQuestion(elements[at].Cue!.Value, sentence.Words(asked[0].First, asked[^1].End), items);
    }

    /// <summary>Takes the words that steer the conversation out of the sentence; a "no" in front of a dish stays.</summary>
    private static List<Element> TakeSteering(List<Element> elements, List<OrderAct> acts)
    {
        var rest = new List<Element>();
        for (var i = 0; i < elements.Count; i++)
        {
            var element = elements[i];
            if (element.Cue is >= Cue.Yes)
            {
                acts.Add(new Steer(element.Cue.Value));
            }
            else if (element.Is(Cue.Without) && !NegatesSomething(elements, i))
            {
                acts.Add(new Steer(Cue.No));
            }
            else
            {
                rest.Add(element);
            }
        }

        return rest;
    }

    private static bool NegatesSomething(List<Element> elements, int at)
    {
        var next = elements.Skip(at + 1).FirstOrDefault(element => !element.Is(Cue.Filler) && !element.Is(Cue.With) && !element.Is(Cue.The) && !element.Is(Cue.More));
        return next is not null && (next.IsItem || next.IsOption);
    }

    private static List<(Verb Verb, List<Element> Parts)> Split(List<Element> elements)
    {
        var segments = new List<(Verb, List<Element>)>();
        var (verb, parts) = (Verb.Add, new List<Element>());
        for (var i = 0; i < elements.Count; i++)
        {
            Verb? next = elements[i].Cue switch
            {
                Cue.Add => Verb.Add,
                Cue.Remove => Verb.Remove,
                Cue.TakeOff => IsTakenOff(elements, i) ? Verb.Remove : Verb.Add,
                Cue.Change => Verb.Change,
                Cue.Actually => Verb.Correct,
                _ => null,
            };
            if (next is null)
            {
                parts.Add(elements[i]);
                continue;
            }

            segments.Add((verb, parts));
            // "actually add a cola" adds; "actually" alone corrects.
            (verb, parts) = (next.Value, []);
        }

        segments.Add((verb, parts));
        return [.. segments.Where(segment => segment.Item2.Any(part => !part.Is(Cue.Filler) && !part.Is(Cue.And))).Select(AsCorrection)];
    }

    /// <summary>"a lemonade instead" has no verb, and still replaces.</summary>
    private static (Verb Verb, List<Element> Parts) AsCorrection((Verb Verb, List<Element> Parts) segment) =>
        segment.Verb == Verb.Add && segment.Parts.Any(part => part.Is(Cue.Instead)) ? (Verb.Correct, segment.Parts) : segment;

    private static bool IsTakenOff(List<Element> elements, int at) =>
        elements[at].Length > 1
        || elements.Skip(at + 1).TakeWhile(element => element.Cue is not (Cue.Add or Cue.Change)).Any(element => element.Is(Cue.On));
}
