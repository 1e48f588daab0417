using FuzzySharp;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Matching;

/// <summary>
/// The baseline: every run of words is compared with every name of the menu by FuzzySharp's token sort ratio, the best one at or above the cut is
/// taken. Tokens, ordinary talk and the putting together are the product's.
/// </summary>
internal sealed class FuzzyPhrases : IPhraseFinder
{
    private const int Cut = 80;
    private readonly Dictionary<string, PhraseMeaning> _exact = new(StringComparer.Ordinal);
    private readonly (string Name, PhraseMeaning Meaning)[] _names;
    private readonly int _longest;

    public FuzzyPhrases(MenuIndex index)
    {
        foreach (var phrase in index.Items.SelectMany(item => PhrasesOf(item.Item)))
        {
            if (index.Phrases.Find(index.WordsOf(phrase)) is not { } meaning) continue;
            var words = Stems(phrase);
            _longest = Math.Max(_longest, words.Count);
            _exact[string.Join(' ', words)] = meaning;
        }

        _names = [.. _exact.Select(pair => (pair.Key, pair.Value))];
    }

    public void Collect(Utterance utterance, int start, List<PhraseMatch> into)
    {
        into.Clear();
        var best = 0;
        var text = "";
        for (var end = start; end < utterance.Words.Count && end < start + _longest && !utterance.Words[end].Spoken.IsPause; end++)
        {
            var stem = utterance.Words[end].Stem;
            text = end == start ? stem : $"{text} {stem}";
            var (meaning, score) = _exact.TryGetValue(text, out var exact) ? (exact, 100) : Nearest(text, stem, start == end);
            if (meaning is null || score < best) continue;
            best = score;
            into.Insert(0, new PhraseMatch(meaning, end + 1, score / 100.0));
        }

        into.RemoveAll(match => match.Quality * 100 < best);
    }

    /// <summary>As in the product, words of ordinary talk are never taken for a name by spelling.</summary>
    private (PhraseMeaning? Meaning, int Score) Nearest(string text, string last, bool single)
    {
        if (!EnglishWords.IsContent(last) || single && FillerWords.IsOrdinary(last)) return (null, 0);
        (PhraseMeaning? Meaning, int Score) best = (null, Cut - 1);
        foreach (var (name, meaning) in _names)
        {
            var score = Fuzz.TokenSortRatio(text, name);
            if (score > best.Score) best = (meaning, score);
        }

        return best;
    }

    private static IEnumerable<string> PhrasesOf(MenuItem item) => item.Aliases.Prepend(item.Name)
        .Concat(item.Sizes.SelectMany(size => size.Aliases.Prepend(size.Name)))
        .Concat(item.Groups.SelectMany(group => group.Options).SelectMany(option => option.Aliases.Prepend(option.Name)));

    private static List<string> Stems(string phrase) => [.. WordSplitter.Split(phrase).Where(word => !word.IsPause).Select(word => word.Stem)];
}
