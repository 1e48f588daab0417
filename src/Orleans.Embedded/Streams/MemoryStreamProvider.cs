using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Observers;

namespace OrleansEmbedded.Streams;

/// <summary>Streams in memory, shared by the silos of the process.</summary>
internal sealed class MemoryStreamProvider : IStreamProvider
{
    private readonly ClusterNode _node;
    private readonly Lazy<ObserverTarget> _client;

    public MemoryStreamProvider(string name, ClusterNode node, StreamPullingAgentOptions options)
    {
        Name = name;
        _node = node;
        Hub = (StreamHub)node.Cluster.Shared.GetOrAdd("streams " + name, _ => new StreamHub(name, node.Cluster, node.Time, options));
        _client = new Lazy<ObserverTarget>(() =>
        {
            var target = new ObserverTarget(node, ObserverIds.New(), new StreamConsumer());
            node.Cluster.Observers[target.Id] = target;
            return target;
        });
    }

    public string Name { get; }

    public bool IsRewindable => true;

    public StreamHub Hub { get; }

    public ClusterNode Node => _node;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    /// <summary>Who subscribes: the grain whose turn this is, else this silo or client itself.</summary>
    public (GrainId Id, StreamConsumer Consumer) Subscriber()
        => GrainActivation.Current is { } activation
            ? (activation.GrainId, activation.Parts.GetOrAddComponent(static () => new StreamConsumer()))
            : (_client.Value.Id, (StreamConsumer)_client.Value.Instance!);
}
