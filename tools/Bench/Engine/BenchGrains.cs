using Orleans.Streams;

namespace VoiceOrdering.Bench.Engine;

/// <summary>A grain that answers at once.</summary>
internal interface IBenchGrain : IGrainWithIntegerKey
{
    Task<int> AddAsync(int value);

    /// <summary>The same; calls with a token are always queued, never begun on the caller's thread.</summary>
    Task<int> AddQueuedAsync(int value, CancellationToken cancellationToken);

    /// <summary>The clock's ticks since the call was sent.</summary>
    Task<long> WaitedAsync(long sentAt, CancellationToken cancellationToken);

    /// <summary>Keeps a processor busy for about 0.1 ms.</summary>
    Task ComputeAsync();

    /// <summary>Blocks its thread.</summary>
    Task BlockAsync(Blocker blocker);
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

    public Task<long> WaitedAsync(long sentAt, CancellationToken cancellationToken) => Task.FromResult(TimeProvider.System.GetTimestamp() - sentAt);

    public Task ComputeAsync()
    {
        var until = TimeProvider.System.GetTimestamp() + (TimeProvider.System.TimestampFrequency / 10_000);
        while (TimeProvider.System.GetTimestamp() < until)
        {
            Thread.SpinWait(20);
        }

        return Task.CompletedTask;
    }

    public Task BlockAsync(Blocker blocker)
    {
        blocker.Begun.SetResult();
        blocker.Release.Wait();
        return Task.CompletedTask;
    }
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
