namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Draws random sentences of a grammar, for training and for measuring.</summary>
internal sealed class GrammarSampler(Grammar grammar, Random random)
{
    private const int LongSentence = 9;
    private const int MaxSentences = 700;
    private const int Candidates = 40;
    private readonly int[] _uses = new int[grammar.Words.Length];

    /// <summary>Sentences until every word came at least <paramref name="timesEach"/> times, rare words preferred.</summary>
    public List<int[]> DrawCovering(int timesEach)
    {
        var sentences = new List<int[]>();
        while (sentences.Count < MaxSentences && _uses.Min() < timesEach)
        {
            var best = Enumerable.Range(0, Candidates).Select(_ => Draw(preferRare: 0.8)).MaxBy(nodes => Need(nodes, timesEach) / (nodes.Length + 2.0))!;
            foreach (var node in best)
            {
                _uses[grammar.NodeWords[node]]++;
            }

            sentences.Add(best);
        }

        return sentences;
    }

    /// <summary>One sentence; kinds of words are chosen alike often, whatever the number of words of a kind.</summary>
    public int[] Draw(double preferRare = 0)
    {
        var nodes = new List<int>();
        var next = grammar.Starts;
        while (true)
        {
            var node = Choose(next, nodes.Count, preferRare);
            nodes.Add(node);
            next = grammar.Successors[node];
            if (grammar.IsFinal[node] && (next.Length == 0 || nodes.Count > LongSentence || random.NextDouble() < 0.45))
            {
                return [.. nodes];
            }
        }
    }

    private double Need(int[] nodes, int timesEach) => nodes.Select(node => grammar.NodeWords[node]).Distinct().Sum(word => Math.Max(0, timesEach - _uses[word]));

    private int Choose(int[] nodes, int soFar, double preferRare)
    {
        var kinds = nodes.GroupBy(node => grammar.Kinds[node]).ToList();
        var weights = kinds.Select(kind => Weight(kind.Key, soFar)).ToArray();
        var pick = random.NextDouble() * weights.Sum();
        var chosen = 0;
        while (chosen < kinds.Count - 1 && (pick -= weights[chosen]) > 0)
        {
            chosen++;
        }

        var candidates = kinds[chosen].ToArray();
        return random.NextDouble() < preferRare
            ? candidates.OrderBy(node => _uses[grammar.NodeWords[node]]).ThenBy(_ => random.Next()).First()
            : candidates[random.Next(candidates.Length)];
    }

    private static double Weight(NodeKind kind, int soFar) => kind switch
    {
        NodeKind.Count => 4,
        NodeKind.Opening => 4,
        NodeKind.Control => 1.5,
        NodeKind.Option when soFar == 0 => 0.5,
        NodeKind.Joint when soFar > LongSentence => 0.2,
        NodeKind.Joint => 3,
        _ => 1,
    };
}
