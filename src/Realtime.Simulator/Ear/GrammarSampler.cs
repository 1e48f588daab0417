namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Draws random sentences of a grammar, for training and for measuring.</summary>
internal sealed class GrammarSampler(Grammar grammar, Random random)
{
    private const int LongSentence = 9;
    private const int MaxSentences = 700;
    private const int Candidates = 40;
    private readonly int[] _uses = new int[grammar.Words.Length];
    private readonly (NodeKind Kind, int[] Nodes)[] _starts = ByKind(grammar, grammar.Starts);
    private readonly (NodeKind Kind, int[] Nodes)[][] _successors = [.. grammar.Successors.Select(nodes => ByKind(grammar, nodes))];

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
        var next = _starts;
        while (true)
        {
            var node = Choose(next, nodes.Count, preferRare);
            nodes.Add(node);
            next = _successors[node];
            if (grammar.IsFinal[node] && (next.Length == 0 || nodes.Count > LongSentence || random.NextDouble() < 0.45))
            {
                return [.. nodes];
            }
        }
    }

    /// <summary>How many wanted words a sentence holds.</summary>
    private double Need(int[] nodes, int timesEach)
    {
        var need = 0;
        foreach (var node in nodes)
        {
            need += Math.Max(0, timesEach - _uses[grammar.NodeWords[node]]);
        }

        return need;
    }

    private int Choose((NodeKind Kind, int[] Nodes)[] kinds, int soFar, double preferRare)
    {
        var total = 0.0;
        foreach (var (kind, _) in kinds)
        {
            total += Weight(kind, soFar);
        }

        var pick = random.NextDouble() * total;
        var chosen = 0;
        while (chosen < kinds.Length - 1 && (pick -= Weight(kinds[chosen].Kind, soFar)) > 0)
        {
            chosen++;
        }

        var candidates = kinds[chosen].Nodes;
        var first = random.Next(candidates.Length);
        if (random.NextDouble() >= preferRare)
        {
            return candidates[first];
        }

        var rarest = candidates[first];
        for (var i = 1; i < candidates.Length; i++)
        {
            var candidate = candidates[(first + i) % candidates.Length];
            rarest = _uses[grammar.NodeWords[candidate]] < _uses[grammar.NodeWords[rarest]] ? candidate : rarest;
        }

        return rarest;
    }

    private static (NodeKind Kind, int[] Nodes)[] ByKind(Grammar grammar, IEnumerable<int> nodes) =>
        [.. nodes.GroupBy(node => grammar.Kinds[node]).Select(group => (group.Key, group.ToArray()))];

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
