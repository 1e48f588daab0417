using Orleans.Streams;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Streams;

/// <summary>The observer of a subscription without its item type.</summary>
internal interface IStreamHandler
{
    /// <summary>The most items taken at once.</summary>
    int BatchSize(int configured);

    Task NextAsync(IReadOnlyList<StreamItem> items);

    Task CompletedAsync();

    Task FailedAsync(Exception failure);
}

internal sealed class ItemHandler<T>(IAsyncObserver<T> observer) : IStreamHandler
{
    public int BatchSize(int configured) => 1;

    public async Task NextAsync(IReadOnlyList<StreamItem> items)
    {
        foreach (var item in items)
        {
            await observer.OnNextAsync(Isolation<T>.Copy((T)item.Value!), item.Token);
        }
    }

    public Task CompletedAsync() => observer.OnCompletedAsync();

    public Task FailedAsync(Exception failure) => observer.OnErrorAsync(failure);
}

internal sealed class BatchHandler<T>(IAsyncBatchObserver<T> observer) : IStreamHandler
{
    public int BatchSize(int configured) => configured;

    public Task NextAsync(IReadOnlyList<StreamItem> items)
        => observer.OnNextAsync([.. items.Select(item => new SequentialItem<T>(Isolation<T>.Copy((T)item.Value!), item.Token))]);

    public Task CompletedAsync() => observer.OnCompletedAsync();

    public Task FailedAsync(Exception failure) => observer.OnErrorAsync(failure);
}
