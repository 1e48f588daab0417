namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Walks the menu's phrase tree along the spoken words; a word may be misspelt, joined with the next or another form of the menu's word.</summary>
internal sealed class TriePhrases(MenuIndex index) : IPhraseFinder
{
    // A name with something in its middle is believed a little less than a name in one piece.
    private const double GapFactor = 0.97;

    public void Collect(Utterance utterance, int start, List<PhraseMatch> into)
    {
        into.Clear();
        Walk(utterance, new Step(PhraseTrie.Root, start, 0, 0), into);
        if (into.Count == 0 || into.TrueForAll(match => match.Meaning.Items.Count == 0)) AddWithGap(utterance, start, into);
        if (into.Count > 1) into.Sort(static (a, b) => a.End == b.End ? b.Quality.CompareTo(a.Quality) : b.End.CompareTo(a.End));
    }

    private void Walk(Utterance utterance, Step step, List<PhraseMatch> into)
    {
        if (step.Words > 0 && index.Phrases.MeaningOf(step.Node) is { } meaning)
            into.Add(new PhraseMatch(meaning, step.Position, step.QualitySum / step.Words));
        if (step.Position >= utterance.Words.Count) return;
        var word = utterance.Words[step.Position];
        if (word.MenuWord != Vocabulary.None && index.Phrases.TryChild(step.Node, word.MenuWord, out var child))
            Walk(utterance, new Step(child, step.Position + 1, step.Words + 1, step.QualitySum + word.Quality), into);
        if (word.Variant != Vocabulary.None && index.Phrases.TryChild(step.Node, word.Variant, out var variant))
            Walk(utterance, new Step(variant, step.Position + 1, step.Words + 1, step.QualitySum + 1), into);
        if (word.JoinedWithNext != Vocabulary.None && index.Phrases.TryChild(step.Node, word.JoinedWithNext, out var joined))
            Walk(utterance, new Step(joined, step.Position + 2, step.Words + 1, step.QualitySum + 1), into);
    }

    /// <summary>"double bacon cheeseburger": the first word begins an item's name, an option stands between, the rest of the name follows.</summary>
    private void AddWithGap(Utterance utterance, int start, List<PhraseMatch> into)
    {
        if (start + 2 >= utterance.Words.Count) return;
        var first = utterance.Words[start];
        if (first.MenuWord == Vocabulary.None || !index.Phrases.TryChild(PhraseTrie.Root, first.MenuWord, out var node) || index.Phrases.MeaningOf(node) is not null) return;
        var inside = new List<PhraseMatch>();
        Walk(utterance, new Step(PhraseTrie.Root, start + 1, 0, 0), inside);
        foreach (var option in inside)
        {
            if (option.Meaning.OptionIds.Count == 0 || option.End >= utterance.Words.Count) continue;
            var rest = new List<PhraseMatch>();
            Walk(utterance, new Step(node, option.End, 1, first.Quality), rest);
            foreach (var match in rest)
                if (match.Meaning.Items.Count > 0 && match.End > option.End) into.Add(match with { Quality = match.Quality * GapFactor, Inside = option.Meaning });
        }
    }

    private readonly record struct Step(int Node, int Position, int Words, double QualitySum);
}
