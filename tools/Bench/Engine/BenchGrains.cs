using Orleans.Streams;

namespace VoiceOrdering.Bench.Engine;

/// <summary>A grain that answers at once.</summary>
public interface IBenchGrain : IGrainWithIntegerKey
{
    Task<int> AddAsync(int value);

    /// <summary>The same; calls with a token are always queued, never begun on the caller's thread.</summary>
    Task<int> AddQueuedAsync(int value, CancellationToken cancellationToken);
}

/// <summary>A grain that counts what a stream brings.</summary>
public interface IBenchStreamGrain : IGrainWithIntegerKey
{
    Task SubscribeAsync(string key, int expected);

    [Orleans.Concurrency.AlwaysInterleave]
    Task CompletedAsync();
}

internal sealed class BenchGrain : Grain, IBenchGrain
{
    private int _sum;

    public Task<int> AddAsync(int value)
    {
        _sum += value;
        return Task.FromResult(_sum & 7);
    }

    public Task<int> AddQueuedAsync(int value, CancellationToken cancellationToken) => AddAsync(value);
}

internal sealed class BenchStreamGrain : Grain, IBenchStreamGrain
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    public async Task SubscribeAsync(string key, int expected)
    {
        _missing = expected;
        await this.GetStreamProvider("bench").GetStream<int>(StreamId.Create("bench", key)).SubscribeAsync((_, _) =>
        {
            if (--_missing == 0)
            {
                _all.TrySetResult();
            }

            return Task.CompletedTask;
        });
    }

    public Task CompletedAsync() => _all.Task;
}
