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
        return provider.Hub.RemoveAsync(subscription);
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return ResumeAsync(new ItemHandler<T>(observer), token);
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return ResumeAsync(new BatchHandler<T>(observer), token);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

    private async Task<StreamSubscriptionHandle<T>> ResumeAsync(IStreamHandler handler, StreamSequenceToken? token)
    {
        provider.Subscriber().Consumer.Attach(subscription.Id, handler);
        await provider.Hub.ResumeAsync(subscription, token);
        return this;
    }
}
