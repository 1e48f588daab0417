using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansEmbedded.Membership;

namespace OrleansEmbedded.Storage;

/// <summary>A storage provider in memory. States are kept as bytes, so that what cannot be stored fails here as it would in a database.</summary>
internal sealed class MemoryStorage(ConcurrentDictionary<(string, GrainId), MemoryStorage.Row> rows, IGrainStorageSerializer serializer) : IGrainStorage
{
    private static long lastVersion;

    public static MemoryStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<MemoryGrainStorageOptions>>().Get(name);
        var rows = (ConcurrentDictionary<(string, GrainId), Row>)services.GetRequiredService<InProcessCluster>().Shared
            .GetOrAdd("memory storage " + name, _ => new ConcurrentDictionary<(string, GrainId), Row>());
        return new MemoryStorage(rows, options.GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>());
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (rows.TryGetValue((stateName, grainId), out var row))
        {
            grainState.State = serializer.Deserialize<T>(row.Body);
            grainState.ETag = row.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = NewState.Create<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var next = new Row(serializer.Serialize(grainState.State), Interlocked.Increment(ref lastVersion).ToString(CultureInfo.InvariantCulture));
        if (rows.TryGetValue(key, out var stored))
        {
            if (stored.ETag != grainState.ETag || !rows.TryUpdate(key, next, stored))
            {
                throw Lost(stateName, grainId, stored.ETag, grainState.ETag);
            }
        }
        else if (grainState.ETag is not null || !rows.TryAdd(key, next))
        {
            throw Lost(stateName, grainId, rows.GetValueOrDefault(key)?.ETag, grainState.ETag);
        }

        grainState.ETag = next.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (rows.TryGetValue(key, out var stored)
            && (stored.ETag != grainState.ETag || !rows.TryRemove(new KeyValuePair<(string, GrainId), Row>(key, stored))))
        {
            throw Lost(stateName, grainId, stored.ETag, grainState.ETag);
        }

        grainState.State = NewState.Create<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static InconsistentStateException Lost(string stateName, GrainId grainId, string? storedEtag, string? currentEtag)
        => new($"State \"{stateName}\" of {grainId} was changed by another writer.", storedEtag, currentEtag);

    internal sealed record Row(BinaryData Body, string ETag);
}
