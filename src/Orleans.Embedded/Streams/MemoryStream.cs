using Orleans.Runtime;
using Orleans.Streams;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Streams;

/// <summary>One stream as producers and subscribers see it.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId id) : IAsyncStream<T>
{
    public StreamId StreamId => id;

    public string ProviderName => provider.Name;

    public bool IsRewindable => provider.IsRewindable;

    private StreamChannel Channel => provider.Hub.Channel(id);

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => Channel.PublishAsync([Isolation<T>.Copy(item)], StreamEventKind.Items);

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Channel.PublishAsync([.. batch.Select(item => (object?)Isolation<T>.Copy(item))], StreamEventKind.Items);
    }

    public Task OnCompletedAsync() => Channel.PublishAsync([null], StreamEventKind.Completed);

    public Task OnErrorAsync(Exception ex) => Channel.PublishAsync([ex], StreamEventKind.Failed);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Subscribe(new ItemHandler<T>(observer), token);
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Subscribe(new BatchHandler<T>(observer), token);
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var subscriber = provider.Subscriber().Id;
        return Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. Channel.SubscriptionsOf(subscriber).Select(subscription => new MemoryStreamHandle<T>(provider, subscription))]);
    }

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == id && other.ProviderName == provider.Name;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => id.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : id.CompareTo(other.StreamId);

    private Task<StreamSubscriptionHandle<T>> Subscribe(IStreamHandler handler, StreamSequenceToken? token)
    {
        var (subscriber, consumer) = provider.Subscriber();
        var subscription = new StreamSubscriptionRecord(Identity.UniqueIds.Next(), id, subscriber);
        consumer.Attach(subscription.Id, handler);
        Channel.Add(subscription, token);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new MemoryStreamHandle<T>(provider, subscription));
    }
}
