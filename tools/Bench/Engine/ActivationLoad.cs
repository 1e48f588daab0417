namespace VoiceOrdering.Bench.Engine;

/// <summary>How fast activations come and what an idle one keeps in memory.</summary>
internal static class ActivationLoad
{
    private const int FirstKey = 1_000_000;
    private const int Batch = 500;

    public static async Task<(double PerSecond, double BytesEach)> RunAsync(EngineHost host, int count, BenchOptions options)
    {
        await CallAllAsync(host, FirstKey - count, count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var began = options.Time.GetTimestamp();
        await CallAllAsync(host, FirstKey, count);
        var elapsed = options.Time.GetElapsedTime(began);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        return (count / elapsed.TotalSeconds, (double)(after - before) / count);
    }

    private static async Task CallAllAsync(EngineHost host, int firstKey, int count)
    {
        var calls = new Task[Batch];
        for (var at = 0; at < count; at += Batch)
        {
            for (var offset = 0; offset < Batch; offset++)
            {
                calls[offset] = host.Client.GetGrain<IBenchGrain>(firstKey + at + offset).AddAsync(1);
            }

            await Task.WhenAll(calls);
        }
    }
}
