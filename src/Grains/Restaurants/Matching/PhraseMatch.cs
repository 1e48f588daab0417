namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>A phrase of the menu at a place of the utterance.</summary>
/// <param name="Meaning">What it can mean.</param>
/// <param name="End">The word after it.</param>
/// <param name="Quality">Mean spelling quality of its words, 0–1.</param>
internal readonly record struct PhraseMatch(PhraseMeaning Meaning, int End, double Quality)
{
    /// <summary>Collects the phrases that begin at <paramref name="start"/>, longest first.</summary>
    public static void Collect(MenuIndex index, Utterance utterance, int start, List<PhraseMatch> into)
    {
        into.Clear();
        Walk(index, utterance, new Step(PhraseTrie.Root, start, 0, 0), into);
        into.Sort(static (a, b) => b.End.CompareTo(a.End));
    }

    /// <summary>The longest phrase that begins at <paramref name="start"/> and names an item; otherwise the longest of any kind, or null.</summary>
    public static PhraseMatch? LongestItem(MenuIndex index, Utterance utterance, int start, List<PhraseMatch> scratch)
    {
        Collect(index, utterance, start, scratch);
        foreach (var match in scratch)
            if (match.Meaning.Items.Count > 0) return match;
        return scratch.Count > 0 ? scratch[0] : null;
    }

    private static void Walk(MenuIndex index, Utterance utterance, Step step, List<PhraseMatch> into)
    {
        if (step.Words > 0 && index.Phrases.MeaningOf(step.Node) is { } meaning)
            into.Add(new PhraseMatch(meaning, step.Position, step.QualitySum / step.Words));
        if (step.Position >= utterance.Words.Count) return;
        var word = utterance.Words[step.Position];
        if (word.MenuWord != Vocabulary.None && index.Phrases.TryChild(step.Node, word.MenuWord, out var child))
            Walk(index, utterance, new Step(child, step.Position + 1, step.Words + 1, step.QualitySum + word.Quality), into);
        if (word.JoinedWithNext != Vocabulary.None && index.Phrases.TryChild(step.Node, word.JoinedWithNext, out var joined))
            Walk(index, utterance, new Step(joined, step.Position + 2, step.Words + 1, step.QualitySum + 1), into);
    }

    private readonly record struct Step(int Node, int Position, int Words, double QualitySum);
}
