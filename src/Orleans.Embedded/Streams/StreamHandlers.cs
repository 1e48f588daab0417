using Orleans.Streams;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Streams;

/// <summary>The observer of a subscription without its item type.</summary>
internal interface IStreamHandler
{
    /// <summary>Takes items in order and tells how many it took; throws when it did not take the first.</summary>
    Task<int> NextAsync(IReadOnlyList<StreamItem> items);

    Task CompletedAsync();

    Task FailedAsync(Exception failure);
}

internal sealed class ItemHandler<T>(IAsyncObserver<T> observer) : IStreamHandler
{
    /// <summary>How long the grain is kept with one delivery before other calls get their turn.</summary>
    private const long LongestMs = 10;

    public async Task<int> NextAsync(IReadOnlyList<StreamItem> items)
    {
        var began = Environment.TickCount64;
        for (var taken = 0; taken < items.Count; taken++)
        {
            try
            {
                await observer.OnNextAsync(Isolation<T>.Copy((T)items[taken].Value!), items[taken].Token);
            }
            catch (Exception) when (taken > 0)
            {
                // The item comes again as the first of the next delivery, where its failure counts.
                return taken;
            }

            if (Environment.TickCount64 - began > LongestMs)
            {
                return taken + 1;
            }
        }

        return items.Count;
    }

    public Task CompletedAsync() => observer.OnCompletedAsync();

    public Task FailedAsync(Exception failure) => observer.OnErrorAsync(failure);
}

internal sealed class BatchHandler<T>(IAsyncBatchObserver<T> observer) : IStreamHandler
{
    public async Task<int> NextAsync(IReadOnlyList<StreamItem> items)
    {
        await observer.OnNextAsync([.. items.Select(item => new SequentialItem<T>(Isolation<T>.Copy((T)item.Value!), item.Token))]);
        return items.Count;
    }

    public Task CompletedAsync() => observer.OnCompletedAsync();

    public Task FailedAsync(Exception failure) => observer.OnErrorAsync(failure);
}
