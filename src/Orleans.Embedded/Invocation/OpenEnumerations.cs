using Orleans.Runtime;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Invocation;

/// <summary>The enumerations of one activation that are not over. Used by turns of that activation only.</summary>
internal sealed class OpenEnumerations
{
    /// <summary>Items in one answer, and enumerations open on one activation.</summary>
    public const int MaxBatchSize = 100;
    public const int MaxOpen = 10_000;

    private readonly Dictionary<Guid, IAsyncDisposable> _open = [];

    public async Task<EnumerationBatch<TItem>> NextAsync<TItem>(Guid id, Func<IAsyncEnumerable<TItem>>? start)
    {
        if (!_open.TryGetValue(id, out var found))
        {
            if (start is null)
            {
                throw new EnumerationAbortedException("The grain was deactivated while the sequence was open.");
            }

            if (_open.Count >= MaxOpen)
            {
                throw new LimitExceededException("OpenEnumerations", _open.Count, MaxOpen, id);
            }

            _open[id] = found = start().GetAsyncEnumerator();
        }

        var source = (IAsyncEnumerator<TItem>)found;
        var items = new List<TItem>();
        try
        {
            // Waits for the first item, then takes those that are ready without waiting.
            var more = await source.MoveNextAsync();
            while (more)
            {
                items.Add(Isolation<TItem>.Copy(source.Current));
                if (items.Count >= MaxBatchSize)
                {
                    return new EnumerationBatch<TItem>(items, false, null);
                }

                var next = source.MoveNextAsync().AsTask();
                if (!next.IsCompleted)
                {
                    // The step that was begun goes on; the next request of the caller continues with it.
                    _open[id] = new PendingEnumerator<TItem>(source, next);
                    return new EnumerationBatch<TItem>(items, false, null);
                }

                more = await next;
            }
        }
        catch (Exception failure)
        {
            await StopAsync<TItem>(id);
            return new EnumerationBatch<TItem>(items, true, failure);
        }

        await StopAsync<TItem>(id);
        return new EnumerationBatch<TItem>(items, true, null);
    }

    public async Task<EnumerationBatch<TItem>> StopAsync<TItem>(Guid id)
    {
        if (_open.Remove(id, out var source))
        {
            await source.DisposeAsync();
        }

        return new EnumerationBatch<TItem>([], true, null);
    }

    private sealed class PendingEnumerator<TItem>(IAsyncEnumerator<TItem> source, Task<bool> pending) : IAsyncEnumerator<TItem>
    {
        private Task<bool>? _pending = pending;

        public TItem Current => source.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            if (_pending is { } first)
            {
                _pending = null;
                return new ValueTask<bool>(first);
            }

            return source.MoveNextAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (_pending is { IsCompleted: false } unfinished)
            {
                // An iterator may not be disposed while a step runs; it is disposed when that step is over.
                _ = unfinished.ContinueWith(_ => source.DisposeAsync().AsTask(), TaskScheduler.Current).Unwrap();
                return;
            }

            await source.DisposeAsync();
        }
    }
}
