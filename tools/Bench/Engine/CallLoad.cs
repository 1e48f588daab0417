namespace VoiceOrdering.Bench.Engine;

/// <summary>Callers that each await one call after the other, over a number of grains.</summary>
internal sealed class CallLoad(EngineHost host, int grainCount, int callers, BenchOptions options)
{
    private const int Untimed = 16;
    private static readonly CancellationTokenSource Never = new();

    private readonly IBenchGrain[] _grains = [.. Enumerable.Range(0, grainCount).Select(key => host.Client.GetGrain<IBenchGrain>(key))];

    /// <summary>Whether every call goes through the grain's queue.</summary>
    public bool IsQueued { get; init; }

    public async Task<CallFigures> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var time = options.Time;
        var allocated = GC.GetTotalAllocatedBytes();
        var began = time.GetTimestamp();
        var until = began + (long)(duration.TotalSeconds * time.TimestampFrequency);
        var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, until), cancellationToken)));
        return new CallFigures(results, time.GetElapsedTime(began), GC.GetTotalAllocatedBytes() - allocated, time.TimestampFrequency);
    }

    private async Task<Histogram> CallAsync(int caller, long until)
    {
        var time = options.Time;
        var histogram = new Histogram();
        var next = caller * 31;
        while (true)
        {
            // The clock is a large part of a call, so only one call in seventeen is timed, and all are counted. A prime, because the engine itself
            // treats one call in a power of two differently.
            var before = time.GetTimestamp();
            await CallAsync(_grains[next++ % grainCount]);
            var after = time.GetTimestamp();
            histogram.Add(after - before);
            for (var untimed = 0; untimed < Untimed; untimed++)
            {
                await CallAsync(_grains[next++ % grainCount]);
            }

            histogram.Calls += Untimed + 1;
            if (after >= until)
            {
                return histogram;
            }
        }
    }

    private Task<int> CallAsync(IBenchGrain grain) => IsQueued ? grain.AddQueuedAsync(1, Never.Token) : grain.AddAsync(1);
}
