using Orleans.Runtime;

namespace OrleansEmbedded.Invocation;

/// <summary>The enumerations of one activation that are not over. Used by turns of that activation only.</summary>
internal sealed class OpenEnumerations(Func<long> nowMs, TimeSpan responseTimeout) : IAsyncDisposable
{
    /// <summary>Enumerations open on one activation.</summary>
    public const int MaxOpen = 10_000;

    private readonly Dictionary<Guid, OpenSequence> _open = [];

    /// <summary>How long nobody may ask for more before the caller is taken for gone.</summary>
    private readonly long _longestIdleMs = responseTimeout == Timeout.InfiniteTimeSpan ? long.MaxValue : (long)(2 * responseTimeout.TotalMilliseconds);

    public async Task<EnumerationBatch<TItem>> NextAsync<TItem>(Guid id, Func<OpenSequence<TItem>>? start, TimeSpan longestWait)
    {
        if (!_open.TryGetValue(id, out var found))
        {
            if (start is null)
            {
                throw new EnumerationAbortedException("The sequence is not open any more: the grain was deactivated, or nobody had asked for more for long.");
            }

            DropAbandoned();
            if (_open.Count >= MaxOpen)
            {
                throw new LimitExceededException("OpenEnumerations", _open.Count, MaxOpen, id);
            }

            _open[id] = found = start();
        }

        var batch = await ((OpenSequence<TItem>)found).NextAsync(longestWait);
        found.UsedAtMs = nowMs();
        if (batch.IsLast)
        {
            await StopAsync(id);
        }

        return batch;
    }

    public async Task StopAsync(Guid id)
    {
        if (_open.Remove(id, out var sequence))
        {
            await sequence.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var open = _open.Values.ToArray();
        _open.Clear();
        foreach (var sequence in open)
        {
            await sequence.DisposeAsync();
        }
    }

    private void DropAbandoned()
    {
        var now = nowMs();
        foreach (var (id, sequence) in _open.Where(pair => !pair.Value.IsBusy && now - pair.Value.UsedAtMs > _longestIdleMs).ToArray())
        {
            _open.Remove(id);
            _ = sequence.DisposeAsync().AsTask();
        }
    }
}
