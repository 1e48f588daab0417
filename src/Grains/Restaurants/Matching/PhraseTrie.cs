namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What a phrase of the menu can mean; one phrase may name an item and an option at once ("onion rings").</summary>
internal sealed class PhraseMeaning
{
    public List<int> Items { get; } = [];

    /// <summary>Options it names, those whose own name it is first.</summary>
    public List<string> OptionIds { get; } = [];

    /// <summary>How many of <see cref="OptionIds"/> have it as their name rather than as an alias.</summary>
    public int NamedOptions { get; set; }

    public List<string> SizeIds { get; } = [];

    /// <summary>Whether the menu writes it without the ending of a plural, so that such an ending tells of a number.</summary>
    public bool HasSingular { get; set; }
}

/// <summary>All phrases of a menu as a tree over word ids.</summary>
internal sealed class PhraseTrie
{
    public const int Root = 0;
    private readonly Dictionary<(int Node, int Word), int> _children = [];
    private readonly List<PhraseMeaning?> _meanings = [null];

    public PhraseMeaning Add(ReadOnlySpan<int> words)
    {
        var node = Root;
        foreach (var word in words)
        {
            if (!_children.TryGetValue((node, word), out var next))
            {
                next = _meanings.Count;
                _meanings.Add(null);
                _children.Add((node, word), next);
            }
            node = next;
        }
        return _meanings[node] ??= new PhraseMeaning();
    }

    public bool TryChild(int node, int word, out int child) => _children.TryGetValue((node, word), out child);

    public PhraseMeaning? MeaningOf(int node) => _meanings[node];

    /// <summary>What exactly these words mean, or null.</summary>
    public PhraseMeaning? Find(ReadOnlySpan<int> words)
    {
        var node = Root;
        foreach (var word in words)
            if (!TryChild(node, word, out node)) return null;
        return _meanings[node];
    }
}
