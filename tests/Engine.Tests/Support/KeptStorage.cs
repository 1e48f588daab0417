using System.Collections.Concurrent;
using Orleans.Storage;

namespace VoiceOrdering.Engine.Tests.Support;

/// <summary>A storage that outlives silos, as a database does. Each read and write goes through the storage serializer.</summary>
public sealed class KeptStorage(ConcurrentDictionary<(string, GrainId), (BinaryData Body, string ETag)> rows, IGrainStorageSerializer serializer) : IGrainStorage
{
    private static int lastVersion;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (rows.TryGetValue((stateName, grainId), out var row))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = (serializer.Deserialize<T>(row.Body), row.ETag, true);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = (serializer.Serialize(grainState.State), Interlocked.Increment(ref lastVersion).ToString(System.Globalization.CultureInfo.InvariantCulture));
        rows.AddOrUpdate(
            (stateName, grainId),
            _ => next,
            (_, row) => row.ETag == grainState.ETag ? next : throw new InconsistentStateException("changed meanwhile", row.ETag, grainState.ETag));
        (grainState.ETag, grainState.RecordExists) = (next.Item2, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        rows.TryRemove((stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }
}
