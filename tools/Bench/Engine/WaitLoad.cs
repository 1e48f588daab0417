namespace VoiceOrdering.Bench.Engine;

/// <summary>How long calls wait for their turn when every one is queued: from sending to the first line of the method.</summary>
internal sealed class WaitLoad(EngineHost host, int grainCount, int callers, BenchOptions options)
{
    private static readonly CancellationTokenSource Never = new();

    private readonly IBenchGrain[] _grains = [.. Enumerable.Range(0, grainCount).Select(key => host.Client.GetGrain<IBenchGrain>(key))];

    /// <summary>Calls for a while; times are in ticks of the clock.</summary>
    public Task<Histogram[]> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var until = options.Time.GetTimestamp() + (long)(duration.TotalSeconds * options.Time.TimestampFrequency);
        return Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, until), cancellationToken)));
    }

    private async Task<Histogram> CallAsync(int caller, long until)
    {
        var histogram = new Histogram();
        for (var next = caller * 31; ; next++)
        {
            var sentAt = options.Time.GetTimestamp();
            histogram.Add(await _grains[next % grainCount].WaitedAsync(sentAt, Never.Token));
            histogram.Calls++;
            if (sentAt >= until)
            {
                return histogram;
            }
        }
    }
}
