using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansEmbedded.Activation;
using OrleansEmbedded.GeneratedCode;
using OrleansEmbedded.Identity;
using OrleansEmbedded.Membership;

namespace OrleansEmbedded.Streams;

/// <summary>All streams of one provider.</summary>
internal sealed class StreamHub(string name, InProcessCluster cluster, TimeProvider time, StreamPullingAgentOptions options)
{
    private readonly ConcurrentDictionary<StreamId, StreamChannel> _channels = new();
    private readonly ConcurrentDictionary<string, GrainType[]> _implicit = new(StringComparer.Ordinal);

    public string Name => name;

    public InProcessCluster Cluster => cluster;

    public TimeProvider Time => time;

    public StreamPullingAgentOptions Options => options;

    public StreamChannel Channel(StreamId id) => _channels.GetOrAdd(id, static (key, hub) => hub.Create(key), this);

    private StreamChannel Create(StreamId id)
    {
        var channel = new StreamChannel(this, id);
        foreach (var grainType in _implicit.GetOrAdd(id.GetNamespace() ?? string.Empty, SubscribersOf))
        {
            channel.Add(new StreamSubscriptionRecord(UniqueIds.Next(), id, GrainId.Create(grainType, id.GetKeyAsString())), null);
        }

        return channel;
    }

    private static GrainType[] SubscribersOf(string streamNamespace)
        => [.. GrainManifest.Current.Classes
            .Where(type => type.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>().Any(attribute => attribute.StreamNamespace == streamNamespace))
            .Select(TypeNames.GrainTypeOf)];
}
