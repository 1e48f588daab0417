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

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => provider.Hub.PublishAsync(id, [Isolation<T>.Copy(item)], StreamEventKind.Items);

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return provider.Hub.PublishAsync(id, [.. batch.Select(item => (object?)Isolation<T>.Copy(item))], StreamEventKind.Items);
    }

    public Task OnCompletedAsync() => provider.Hub.PublishAsync(id, [null], StreamEventKind.Completed);

    public Task OnErrorAsync(Exception ex) => provider.Hub.PublishAsync(id, [ex], StreamEventKind.Failed);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return SubscribeAsync(new ItemHandler<T>(observer), token);
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return SubscribeAsync(new BatchHandler<T>(observer), token);
    }

    public async Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
        => [.. (await provider.Hub.SubscriptionsAsync(id, provider.Subscriber().Id)).Select(subscription => new MemoryStreamHandle<T>(provider, subscription))];

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == id && other.ProviderName == provider.Name;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => id.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : id.CompareTo(other.StreamId);

    private async Task<StreamSubscriptionHandle<T>> SubscribeAsync(IStreamHandler handler, StreamSequenceToken? token)
    {
        var (subscriber, consumer) = provider.Subscriber();
        var subscription = new StreamSubscriptionRecord(Identity.UniqueIds.Next(), id, subscriber);
        consumer.Attach(subscription.Id, handler);
        try
        {
            await provider.Hub.AddAsync(subscription, token);
        }
        catch
        {
            consumer.Detach(subscription.Id);
            throw;
        }

        return new MemoryStreamHandle<T>(provider, subscription);
    }
}
