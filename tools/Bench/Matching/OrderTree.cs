namespace VoiceOrdering.Bench.Matching;

/// <summary>A bracketed parse such as <c>(DRINK (NUMBER 2 ) (SIZE large ) )</c>; a node without children is a value.</summary>
internal sealed record OrderTree(string Label, IReadOnlyList<OrderTree> Children)
{
    public const string Number = "NUMBER";
    public const string Negated = "NOT";
    public const string Complex = "COMPLEX";
    public const string Quantity = "QUANTITY";
    private const string Wrapper = "ORDER";

    public static OrderTree Value(string label) => new(label, []);

    /// <summary>The orders of one line of data; the wrapping ORDER is taken off.</summary>
    /// <exception cref="FormatException">The brackets do not match.</exception>
    public static IReadOnlyList<OrderTree> Read(string text)
    {
        var words = text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var position = 0;
        var trees = ReadChildren(words, ref position);
        if (position != words.Length) throw new FormatException("a bracket is closed that was never opened");
        return trees is [{ Label: Wrapper } all] ? all.Children : trees;
    }

    /// <summary>The same text for trees that differ only in order, in letter case or in a missing <c>NUMBER 1</c>.</summary>
    public string Canonical() => WithNumber().Text();

    public OrderTree? Find(string label) => Children.FirstOrDefault(child => child.Label == label);

    private OrderTree WithNumber() => Find(Number) is null ? this with { Children = [.. Children, new OrderTree(Number, [Value("1")])] } : this;

    private string Text() => Children.Count == 0
        ? Label.ToUpperInvariant()
        : $"({(Label.StartsWith(Complex, StringComparison.Ordinal) ? Complex : Label.ToUpperInvariant())} {string.Join(' ', Children.Select(child => child.Text()).Distinct().Order(StringComparer.Ordinal))})";

    private static List<OrderTree> ReadChildren(string[] words, ref int position)
    {
        var children = new List<OrderTree>();
        while (position < words.Length && words[position] != ")")
        {
            if (words[position] != "(")
            {
                children.Add(Value(words[position++]));
                continue;
            }
            position++;
            if (position >= words.Length || words[position] is "(" or ")") throw new FormatException("a bracket has no label");
            var label = words[position++];
            var inner = ReadChildren(words, ref position);
            if (position >= words.Length) throw new FormatException("a bracket is never closed");
            position++;
            children.Add(new OrderTree(label, inner));
        }
        return children;
    }
}
