namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Which item is meant when none was named outright.</summary>
internal static class NameGuess
{
    /// <summary>The item whose name shares most with words of the utterance, doubted when another is near; null below <paramref name="least"/>.</summary>
    public static LineDraft? ByWords(MenuIndex index, Utterance utterance, (int Start, int End) words, double least)
    {
        if (words.Start < 0 || words.End <= words.Start) return null;
        var (item, score, runnerUp) = ItemScores.Best(index, utterance, words.Start, words.End);
        if (item is null || score < least) return null;
        var line = new LineDraft(item, score);
        if (score - runnerUp < MatchCeilings.AmbiguousMargin) line.Doubt(MatchCeilings.Ambiguous);
        for (var i = words.Start; i < words.End; i++)
            if (utterance.Words[i].MenuWord is var word && word != Vocabulary.None && index.Phrases.Find([word]) is { SizeIds: [_, ..] sizes }) line.TrySize(sizes);
        return line;
    }

    /// <summary>"a medium with olives": the only item that comes in this size with these options; null when there are several or none.</summary>
    public static LineDraft? ByFit(MenuIndex index, Waiting waiting)
    {
        LineDraft? only = null;
        foreach (var item in index.Items)
        {
            var line = new LineDraft(item, MatchCeilings.Implied);
            if (!waiting.FitsAll(line)) continue;
            if (only is not null) return null;
            only = line;
        }
        return only;
    }
}
