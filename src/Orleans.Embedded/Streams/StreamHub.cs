using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Streams;
using OrleansEmbedded.Activation;
using OrleansEmbedded.GeneratedCode;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Membership;
using OrleansEmbedded.Observers;

namespace OrleansEmbedded.Streams;

/// <summary>All streams of one provider. A stream is made when somebody uses it and forgotten when nobody has for a while.</summary>
internal sealed class StreamHub(string name, InProcessCluster cluster, TimeProvider time, StreamPullingAgentOptions options)
{
    /// <summary>Streams that come between two searches for such as can be forgotten.</summary>
    private const int StreamsPerSweep = 512;

    private readonly ConcurrentDictionary<StreamId, Lazy<Task<StreamChannel>>> _channels = new();
    private readonly ConcurrentDictionary<string, GrainType[]> _implicit = new(StringComparer.Ordinal);
    private int _opened;

    public string Name => name;

    public InProcessCluster Cluster => cluster;

    public TimeProvider Time => time;

    public StreamPullingAgentOptions Options => options;

    /// <summary>Streams in memory.</summary>
    public int Count => _channels.Count;

    public async Task PublishAsync(StreamId id, IReadOnlyList<object?> values, StreamEventKind kind)
    {
        while (!await (await ChannelAsync(id)).TryPublishAsync(values, kind))
        {
            // The stream was forgotten this moment; it is made anew.
        }
    }

    /// <summary>Adds an explicit subscription. When it completes, the subscription of a grain is stored, as far as there is a storage for it.</summary>
    public async Task AddAsync(StreamSubscriptionRecord subscription, StreamSequenceToken? token)
    {
        if (StoreOf(subscription) is { } store)
        {
            await store.AddAsync(new StoredSubscription { Id = subscription.Id, Subscriber = subscription.Subscriber.ToString() });
        }

        while (!(await ChannelAsync(subscription.StreamId)).TryAdd(subscription, token))
        {
        }
    }

    public async Task RemoveAsync(StreamSubscriptionRecord subscription)
    {
        if (StoreOf(subscription) is { } store)
        {
            await store.RemoveAsync(subscription.Id);
        }

        (await ChannelAsync(subscription.StreamId)).Remove(subscription.Id);
    }

    public async Task ResumeAsync(StreamSubscriptionRecord subscription, StreamSequenceToken? token)
    {
        while (!(await ChannelAsync(subscription.StreamId)).TryResume(subscription, token))
        {
        }
    }

    public async Task<IReadOnlyList<StreamSubscriptionRecord>> SubscriptionsAsync(StreamId id, GrainId subscriber)
        => (await ChannelAsync(id)).SubscriptionsOf(subscriber);

    private ValueTask<StreamChannel> ChannelAsync(StreamId id)
    {
        var opening = _channels.GetOrAdd(id, static (key, hub) => new Lazy<Task<StreamChannel>>(() => hub.OpenAsync(key)), this);
        return opening.Value.IsCompletedSuccessfully ? new ValueTask<StreamChannel>(opening.Value.Result) : new ValueTask<StreamChannel>(OpenedAsync(id, opening));
    }

    private async Task<StreamChannel> OpenedAsync(StreamId id, Lazy<Task<StreamChannel>> opening)
    {
        try
        {
            return await opening.Value;
        }
        catch
        {
            // The next one who needs the stream tries again.
            _channels.TryRemove(new KeyValuePair<StreamId, Lazy<Task<StreamChannel>>>(id, opening));
            throw;
        }
    }

    private Task<StreamChannel> OpenAsync(StreamId id)
    {
        if (Interlocked.Increment(ref _opened) % StreamsPerSweep == 0)
        {
            Sweep();
        }

        var channel = new StreamChannel(this, id);
        foreach (var grainType in _implicit.GetOrAdd(id.GetNamespace() ?? string.Empty, SubscribersOf))
        {
            channel.TryAdd(new StreamSubscriptionRecord(ImplicitId(id, grainType), id, GrainId.Create(grainType, id.GetKeyAsString()), IsImplicit: true), null);
        }

        // Away from the turn of whoever comes first: others wait for it too.
        return Store(id) is { } store ? Task.Run(() => LoadAsync(channel, store)) : Task.FromResult(channel);
    }

    private static async Task<StreamChannel> LoadAsync(StreamChannel channel, ISubscriptionsGrain store)
    {
        foreach (var subscription in await store.ReadAsync())
        {
            channel.TryAdd(new StreamSubscriptionRecord(subscription.Id, channel.Id, GrainId.Parse(subscription.Subscriber, null)), null);
        }

        return channel;
    }

    private ISubscriptionsGrain? StoreOf(StreamSubscriptionRecord subscription)
        => subscription.IsImplicit || ObserverIds.IsObserver(subscription.Subscriber) ? null : Store(subscription.StreamId);

    /// <summary>Where the subscriptions of a stream are stored; null when there is no such storage.</summary>
    private ISubscriptionsGrain? Store(StreamId id)
        => cluster.Silos is [var silo, ..] && HasStore(silo) ? silo.Factory.GetGrain<ISubscriptionsGrain>($"{name}/{id.Namespace.Length}/{id}") : null;

    private static bool HasStore(SiloNode silo) => silo.Services.GetKeyedService<IGrainStorage>(SubscriptionsGrain.StorageName) is not null;

    private void Sweep()
    {
        var isDurable = cluster.Silos is [var silo, ..] && HasStore(silo);
        foreach (var pair in _channels)
        {
            if (pair.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } opened } && opened.Result.TryRetire(options.StreamInactivityPeriod, isDurable))
            {
                _channels.TryRemove(pair);
            }
        }
    }

    // The same in every process and after every restart, as handles of explicit subscriptions are.
    private Guid ImplicitId(StreamId id, GrainType grainType)
        => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}/{id}/{grainType}")).AsSpan(0, 16));

    private static GrainType[] SubscribersOf(string streamNamespace)
        => [.. GrainManifest.Current.Classes
            .Where(type => type.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>().Any(attribute => attribute.StreamNamespace == streamNamespace))
            .Select(TypeNames.GrainTypeOf)];
}
