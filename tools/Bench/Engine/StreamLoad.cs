using Orleans.Streams;

namespace VoiceOrdering.Bench.Engine;

/// <summary>The time for items of a memory stream to go from a producer to a grain.</summary>
internal static class StreamLoad
{
    public static async Task<double> RunAsync(EngineHost host, int items, BenchOptions options)
    {
        await PublishAsync(host, "warm", 2_000, options);
        return await PublishAsync(host, "measured", items, options);
    }

    private static async Task<double> PublishAsync(EngineHost host, string key, int items, BenchOptions options)
    {
        var grain = host.Client.GetGrain<IBenchStreamGrain>(items);
        await grain.SubscribeAsync(key, items);
        var stream = host.Client.GetStreamProvider("bench").GetStream<int>(StreamId.Create("bench", key));
        var began = options.Time.GetTimestamp();
        for (var item = 0; item < items; item++)
        {
            await stream.OnNextAsync(item);
        }

        await grain.CompletedAsync();
        return options.Time.GetElapsedTime(began).TotalMilliseconds;
    }
}
