using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Invocation;

/// <summary>One enumeration of a grain's sequence, without the type of its items.</summary>
internal abstract class OpenSequence : IAsyncDisposable
{
    /// <summary>When its caller had the last answer.</summary>
    public long UsedAtMs { get; set; } = long.MaxValue;

    /// <summary>Whether its caller waits for an answer.</summary>
    public bool IsBusy { get; protected set; }

    public abstract ValueTask DisposeAsync();
}

/// <summary>One enumeration of a grain's sequence. Used by turns of its activation only.</summary>
internal sealed class OpenSequence<TItem>(Func<CancellationToken, IAsyncEnumerable<TItem>> start, TimeProvider time) : OpenSequence
{
    /// <summary>Items in one answer.</summary>
    public const int MaxBatchSize = 100;

    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<TItem>? _source;
    private Task<bool>? _step;
    private bool _isStopped;

    /// <summary>
    /// The items that are ready; waits for the first one, but not longer than <paramref name="longestWait"/>: an answer without items tells the
    /// caller to ask again, so that a sequence may be silent for longer than a call may take.
    /// </summary>
    public async Task<EnumerationBatch<TItem>> NextAsync(TimeSpan longestWait)
    {
        var items = new List<TItem>();
        IsBusy = true;
        try
        {
            _source ??= start(_stop.Token).GetAsyncEnumerator(_stop.Token);
            while (items.Count < MaxBatchSize)
            {
                // A step that is not over goes on; the next request of the caller continues with it.
                var step = _step ??= _source.MoveNextAsync().AsTask();
                if (!step.IsCompleted && (items.Count > 0 || !await IsOverAsync(step, longestWait)))
                {
                    break;
                }

                _step = null;
                if (!await step)
                {
                    return new EnumerationBatch<TItem>(items, true, null);
                }

                items.Add(Isolation<TItem>.Copy(_source.Current));
            }

            return new EnumerationBatch<TItem>(items, false, null);
        }
        catch (Exception failure)
        {
            return new EnumerationBatch<TItem>(items, true, failure);
        }
        finally
        {
            IsBusy = false;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        var running = _step;
        await _stop.CancelAsync();
        if (running is { IsCompleted: false })
        {
            // An iterator may not be disposed while a step runs; it is disposed when that step is over.
            _ = running.ContinueWith(
                step =>
                {
                    _ = step.Exception;
                    return DisposeSourceAsync();
                },
                TaskScheduler.Current).Unwrap();
            return;
        }

        await DisposeSourceAsync();
    }

    private async Task<bool> IsOverAsync(Task step, TimeSpan longestWait)
    {
        await step.WaitAsync(longestWait, time).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return step.IsCompleted;
    }

    private async Task DisposeSourceAsync()
    {
        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync();
        }
    }
}
