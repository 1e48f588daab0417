using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage provider. Registered as a keyed service under its name (<see cref="Orleans.Runtime.Hosting.StorageProviderExtensions"/>).</summary>
public interface IGrainStorage
{
    /// <summary>Fills <paramref name="grainState"/> with what is stored, its ETag and <c>RecordExists</c>; leaves the state alone when nothing is.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Fills <paramref name="grainState"/> with what is stored.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
        => ReadStateAsync(stateName, grainId, grainState);

    /// <summary>Stores the state if the stored ETag is still that of <paramref name="grainState"/> and sets the new one; otherwise throws <see cref="InconsistentStateException"/>.</summary>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Stores the state.</summary>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
        => WriteStateAsync(stateName, grainId, grainState);

    /// <summary>Deletes the state under the same condition.</summary>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Deletes the state.</summary>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
        => ClearStateAsync(stateName, grainId, grainState);
}
