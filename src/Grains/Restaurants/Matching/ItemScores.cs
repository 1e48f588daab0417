using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>How near words are to items when they do not name one outright.</summary>
internal static class ItemScores
{
    private const double SmallestSuggestion = 0.35;
    // Words in the right number but scattered over the sentence say a little less than a name spoken in one piece.
    private const double ScatteredFactor = 0.9;

    /// <summary>Best item for the words [start, end): weighted overlap of both sides, so that extra words cost as much as missing ones.</summary>
    public static (IndexedItem? Item, double Score, double RunnerUp) Best(MenuIndex index, Utterance utterance, int start, int end)
    {
        IndexedItem? best = null;
        double bestScore = 0, runnerUp = 0;
        foreach (var item in index.Items)
        {
            var score = Overlap(index, item, utterance, start, end);
            if (score > bestScore) (best, runnerUp, bestScore) = (item, bestScore, score);
            else if (score > runnerUp) runnerUp = score;
        }
        return (best, bestScore, runnerUp);
    }

    /// <summary>Which part of one of the item's names was said, words in <paramref name="claimed"/> left out.</summary>
    public static double Coverage(MenuIndex index, IndexedItem item, Utterance utterance, IReadOnlyList<bool> claimed)
    {
        var best = 0.0;
        foreach (var phrase in item.Phrases)
        {
            double said = 0, all = 0;
            foreach (var word in phrase)
            {
                var weight = index.Words.WeightOf(word);
                all += weight;
                float quality = 0;
                for (var i = 0; i < utterance.Words.Count; i++)
                    if (!claimed[i] && utterance.Words[i].MenuWord == word) quality = Math.Max(quality, utterance.Words[i].Quality);
                said += weight * quality;
            }
            best = Math.Max(best, said / all);
        }
        return best * ScatteredFactor;
    }

    /// <summary>Up to <paramref name="count"/> items, best first, by shared words and by similar spelling.</summary>
    public static Suggestion[] Suggest(MenuIndex index, Utterance utterance, int count)
    {
        var end = utterance.Words.Count;
        var spoken = string.Join(' ', utterance.Words.Where(word => EnglishWords.IsContent(word.Stem)).Select(word => word.Stem).Distinct());
        if (spoken.Length == 0) return [];
        return [.. index.Items
            .Where(item => item.Item.Available)
            .Select(item => (item.Item, Score: Math.Max(Overlap(index, item, utterance, 0, end), LetterPairs.Similarity(spoken, item.Item.Name) * 0.8)))
            .Where(candidate => candidate.Score >= SmallestSuggestion)
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Item.Id, StringComparer.Ordinal)
            .Take(count)
            .Select(candidate => new Suggestion(candidate.Item.Id, candidate.Item.Name, Math.Round(Math.Min(candidate.Score, 1), 3)))];
    }

    private static double Overlap(MenuIndex index, IndexedItem item, Utterance utterance, int start, int end)
    {
        double heardWeight = 0;
        var known = false;
        for (var i = start; i < end; i++)
        {
            var word = utterance.Words[i];
            if (!EnglishWords.IsContent(word.Stem)) continue;
            // A word the menu does not know counts like a rare one: it says that something else is meant.
            heardWeight += word.MenuWord == Vocabulary.None ? index.Words.UnknownWeight : index.Words.WeightOf(word.MenuWord);
            known |= word.MenuWord != Vocabulary.None;
        }
        if (!known) return 0;
        var best = 0.0;
        foreach (var phrase in item.Phrases)
        {
            double shared = 0, all = 0;
            foreach (var word in phrase)
            {
                var weight = index.Words.WeightOf(word);
                all += weight;
                for (var i = start; i < end; i++)
                {
                    if (utterance.Words[i].MenuWord != word) continue;
                    shared += weight * utterance.Words[i].Quality;
                    break;
                }
            }
            if (shared > 0) best = Math.Max(best, 2 * shared / (heardWeight + all));
        }
        return best;
    }
}
