namespace OrleansEmbedded.Serialization;

/// <summary>The objects copied so far in one copy, so that one that is reached twice stays one and cycles end.</summary>
internal sealed class CopyScope
{
    /// <summary>How deep values may nest; deeper ones are refused instead of ending the process.</summary>
    public const int MaxDepth = 512;

    [ThreadStatic]
    private static CopyScope? free;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    public static CopyScope Rent()
    {
        var scope = free ?? new CopyScope();
        free = null;
        return scope;
    }

    public static void Return(CopyScope scope)
    {
        scope._copies.Clear();
        scope._depth = 0;
        free = scope;
    }

    public bool TryGet(object original, out object copy) => _copies.TryGetValue(original, out copy!);

    public void Add(object original, object copy) => _copies[original] = copy;

    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new Orleans.Serialization.SerializerException($"The value nests deeper than {MaxDepth} levels.");
        }
    }

    public void Leave() => _depth--;
}
