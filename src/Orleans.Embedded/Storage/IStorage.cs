namespace Orleans.Core;

/// <summary>One stored state of a grain.</summary>
public interface IStorage
{
    /// <summary>The version of what was last read or written; null when nothing is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; }

    /// <summary>Deletes what is stored. Throws <see cref="Orleans.Storage.InconsistentStateException"/> on a lost race.</summary>
    Task ClearStateAsync();

    /// <summary>Deletes what is stored.</summary>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Stores the state; durable when the task completes. Throws <see cref="Orleans.Storage.InconsistentStateException"/> on a lost race.</summary>
    Task WriteStateAsync();

    /// <summary>Stores the state.</summary>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Replaces the state in memory by what is stored.</summary>
    Task ReadStateAsync();

    /// <summary>Replaces the state in memory by what is stored.</summary>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>One stored state of a grain.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; a new instance when nothing is stored.</summary>
    TState State { get; set; }
}
