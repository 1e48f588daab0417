namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Puts a <see cref="Grammar"/> together from chains of words.</summary>
internal sealed class GrammarBuilder
{
    private readonly List<string> _words = [];
    private readonly Dictionary<string, int> _wordIndex = new(StringComparer.Ordinal);
    private readonly List<int> _nodeWords = [];
    private readonly List<NodeKind> _kinds = [];
    private readonly List<SortedSet<int>> _successors = [];
    private readonly SortedSet<int> _starts = [];
    private readonly HashSet<int> _finals = [];

    /// <summary>A new chain for the words of a phrase.</summary>
    public Chain Add(string phrase, NodeKind kind)
    {
        var (first, last) = (-1, -1);
        foreach (var word in SpokenWords.Split(phrase))
        {
            var node = AddNode(word, kind);
            if (last >= 0)
            {
                _successors[last].Add(node);
            }

            (first, last) = (first < 0 ? node : first, node);
        }

        return first < 0 ? throw new ArgumentException($"'{phrase}' has no words.", nameof(phrase)) : new Chain(first, last, _words[_nodeWords[first]]);
    }

    public List<Chain> AddAll(IEnumerable<string> phrases, NodeKind kind) => [.. phrases.Select(phrase => Add(phrase, kind))];

    public void Join(Chain from, Chain to) => _successors[from.Last].Add(to.First);

    public void Join(IEnumerable<Chain> from, IEnumerable<Chain> to)
    {
        var targets = to.ToList();
        foreach (var chain in from)
        {
            targets.ForEach(target => Join(chain, target));
        }
    }

    public void Start(IEnumerable<Chain> chains) => _starts.UnionWith(chains.Select(chain => chain.First));

    public void End(IEnumerable<Chain> chains) => _finals.UnionWith(chains.Select(chain => chain.Last));

    /// <summary>The graph without the words after which no sentence can end ("an" where no name starts with a vowel).</summary>
    public Grammar Build()
    {
        var isAlive = new bool[_nodeWords.Count];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var node = 0; node < isAlive.Length; node++)
            {
                if (!isAlive[node] && (_finals.Contains(node) || _successors[node].Any(next => isAlive[next])))
                {
                    isAlive[node] = changed = true;
                }
            }
        }

        return new Grammar(
            [.. _words],
            [.. _nodeWords],
            [.. _kinds],
            [.. _successors.Select(nodes => nodes.Where(node => isAlive[node]).ToArray())],
            [.. _starts.Where(node => isAlive[node])],
            [.. Enumerable.Range(0, _nodeWords.Count).Select(_finals.Contains)]);
    }

    private int AddNode(string word, NodeKind kind)
    {
        if (!_wordIndex.TryGetValue(word, out var index))
        {
            _wordIndex[word] = index = _words.Count;
            _words.Add(word);
        }

        _nodeWords.Add(index);
        _kinds.Add(kind);
        _successors.Add([]);
        return _nodeWords.Count - 1;
    }
}

/// <summary>Words one after another; <see cref="FirstWord"/> decides between "a" and "an".</summary>
internal readonly record struct Chain(int First, int Last, string FirstWord)
{
    public bool StartsWithVowel => "aeiou".Contains(FirstWord[0], StringComparison.Ordinal);
}
