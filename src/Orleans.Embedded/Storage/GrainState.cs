namespace Orleans;

/// <summary>What a storage provider reads and writes.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T State { get; set; }

    /// <summary>The version; null when nothing is stored.</summary>
    string? ETag { get; set; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; set; }
}

/// <summary>What a storage provider reads and writes.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Creates a state with nothing in it.</summary>
    public GrainState()
    {
        State = default!;
    }

    /// <summary>Creates a state.</summary>
    public GrainState(T state)
        : this(state, null)
    {
    }

    /// <summary>Creates a state with its version.</summary>
    public GrainState(T state, string? eTag)
    {
        State = state;
        ETag = eTag;
    }

    /// <inheritdoc/>
    [Id(0)]
    public T State { get; set; }

    /// <inheritdoc/>
    [Id(1)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    [Id(2)]
    public bool RecordExists { get; set; }
}
