using System.Collections.Concurrent;

namespace OrleansEmbedded.Streams;

/// <summary>The observers that one activation, silo or client has attached.</summary>
internal sealed class StreamConsumer
{
    private readonly ConcurrentDictionary<Guid, IStreamHandler> _handlers = new();

    public void Attach(Guid subscription, IStreamHandler handler) => _handlers[subscription] = handler;

    public void Detach(Guid subscription) => _handlers.TryRemove(subscription, out _);

    public IStreamHandler? Find(Guid subscription) => _handlers.GetValueOrDefault(subscription);
}
