using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansEmbedded.Streams;

internal sealed class MemoryStreamHandle<T>(MemoryStreamProvider provider, StreamSubscriptionRecord subscription) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscription.StreamId;

    public override string ProviderName => provider.Name;

    public override Guid HandleId => subscription.Id;

    public override Task UnsubscribeAsync()
    {
        provider.Subscriber().Consumer.Detach(subscription.Id);
        provider.Hub.Channel(subscription.StreamId).Remove(subscription.Id);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Resume(new ItemHandler<T>(observer), token);
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Resume(new BatchHandler<T>(observer), token);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

    private Task<StreamSubscriptionHandle<T>> Resume(IStreamHandler handler, StreamSequenceToken? token)
    {
        provider.Subscriber().Consumer.Attach(subscription.Id, handler);
        provider.Hub.Channel(subscription.StreamId).Resume(subscription, token);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }
}
