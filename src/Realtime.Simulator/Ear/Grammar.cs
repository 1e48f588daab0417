namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>The sentences the ear can hear: a graph of words in which every path from a start to a final node is one.</summary>
/// <param name="Words">The vocabulary.</param>
/// <param name="NodeWords">Index of each node's word.</param>
/// <param name="Kinds">What each node is; only the sampler looks at it.</param>
/// <param name="Successors">Nodes that may follow each node.</param>
internal sealed record Grammar(string[] Words, int[] NodeWords, NodeKind[] Kinds, int[][] Successors, int[] Starts, bool[] IsFinal)
{
    public int NodeCount => NodeWords.Length;

    public string Text(IEnumerable<int> nodes) => string.Join(' ', nodes.Select(node => Words[NodeWords[node]]));

    /// <summary>True when a sentence, in lower case and without punctuation, is a path of this grammar.</summary>
    public bool Accepts(string sentence)
    {
        var current = Starts.ToHashSet();
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            current = [.. current.Where(node => Words[NodeWords[node]] == words[i])];
            if (i == words.Length - 1)
            {
                return current.Any(node => IsFinal[node]);
            }

            current = [.. current.SelectMany(node => Successors[node])];
        }

        return false;
    }
}

internal enum NodeKind
{
    Opening,
    Count,
    Size,
    Name,
    Option,
    Joint,
    Control,
    Ending,
}
