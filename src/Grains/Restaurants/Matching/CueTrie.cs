using System.Diagnostics.CodeAnalysis;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>All cue phrases as a tree over word stems; built once, read by any number of threads.</summary>
internal sealed class CueTrie
{
    private const int Root = 0;
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Node, int Word), int> _children = [];
    private readonly List<Cue?> _cues = [null];

    private CueTrie(IEnumerable<(string Phrases, Cue Cue)> entries)
    {
        foreach (var (phrases, cue) in entries)
            foreach (var phrase in phrases.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                Add(phrase, cue);
    }

    public static CueTrie English { get; } = new(
        NegationWords.Entries.Concat(AmountWords.Entries).Concat(QuantityWords.Entries).Concat(CorrectionWords.Entries).Concat(LinkWords.Entries).Concat(FillerWords.Entries));

    /// <summary>The longest phrase from <paramref name="start"/> that ends at <paramref name="limit"/> or before; false when there is none.</summary>
    public bool TryLongest(Utterance utterance, int start, int limit, out Cue cue, out int end)
    {
        (cue, end) = (default, start);
        var node = Root;
        for (var i = start; i < limit; i++)
        {
            if (!TryChild(node, utterance.Words[i].Stem, out node)) break;
            if (_cues[node] is not { } found) continue;
            (cue, end) = (found, i + 1);
        }
        return end > start;
    }

    /// <summary>Whether the word alone is a cue.</summary>
    public bool Contains(string stem) => TryChild(Root, stem, out var node) && _cues[node] is not null;

    private bool TryChild(int node, string stem, [MaybeNullWhen(false)] out int child)
    {
        child = 0;
        return _words.TryGetValue(stem, out var word) && _children.TryGetValue((node, word), out child);
    }

    private void Add(string phrase, Cue cue)
    {
        var node = Root;
        foreach (var word in WordSplitter.Split(phrase))
        {
            if (!_words.TryGetValue(word.Stem, out var id)) _words.Add(word.Stem, id = _words.Count);
            if (!_children.TryGetValue((node, id), out var next))
            {
                next = _cues.Count;
                _cues.Add(null);
                _children.Add((node, id), next);
            }
            node = next;
        }
        _cues[node] ??= cue;
    }
}
