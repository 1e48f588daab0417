using System.Runtime.CompilerServices;

namespace VoiceOrdering.Bench.Engine;

/// <summary>Grain calls, activations and streams of the actor engine, with grains and callers in one process.</summary>
internal sealed class EngineBench : IBenchGroup
{
    private const int ManyGrains = 1000;
    private const int ManyCallers = 64;
    private const int IdleActivations = 20_000;
    private const int StreamItems = 20_001;

    public string Name => "engine";

    public string What => "Grain calls with callers in the same process; immutable arguments; latency sampled from every call of the case.";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var host = await EngineHost.StartAsync(cancellationToken);
        foreach (var (name, grains, callers, rate) in new[]
        {
            ("1 grain, sequential", 1, 1, 250_000.0), ("1 grain x 64 callers", 1, ManyCallers, 398_000.0), ("1000 grains x 64 callers", ManyGrains, ManyCallers, 1_000_000.0),
        })
        {
            var load = new CallLoad(host, grains, callers, options);
            await load.RunAsync(TimeSpan.FromTicks(options.Duration.Ticks / 4), cancellationToken);
            var figures = await load.RunAsync(options.Duration, cancellationToken);
            yield return new BenchResult(name, figures.CallsPerSecond, "calls/s", rate);
            yield return new BenchResult($"{name}: p99", figures.LatencyUs(0.99), "µs", grains == 1 && callers > 1 ? null : 10, Direction.Lower);
            yield return new BenchResult($"{name}: allocated a call", figures.BytesPerCall, "B", null, Direction.Lower);
        }

        var queued = new CallLoad(host, ManyGrains, ManyCallers, options) { IsQueued = true };
        await queued.RunAsync(TimeSpan.FromTicks(options.Duration.Ticks / 4), cancellationToken);
        yield return new BenchResult("1000 grains x 64 callers, every call queued", (await queued.RunAsync(options.Duration, cancellationToken)).CallsPerSecond, "calls/s");

        await foreach (var result in WaitsAsync(host, options, cancellationToken))
        {
            yield return result;
        }

        var activations = await ActivationLoad.RunAsync(host, IdleActivations, options);
        yield return new BenchResult("activations", activations.PerSecond, "1/s", 100_000);
        yield return new BenchResult("idle activation", activations.BytesEach, "B", 1024, Direction.Lower);
        yield return new BenchResult($"memory stream, {StreamItems:N0} items", await StreamLoad.RunAsync(host, StreamItems, options), "ms", 146, Direction.Lower);
    }

    /// <summary>Fairness: how long calls to a thousand grains wait for their turn, alone and beside a grain that is greedy or stuck.</summary>
    private static async IAsyncEnumerable<BenchResult> WaitsAsync(EngineHost host, BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waits = new WaitLoad(host, ManyGrains, ManyCallers, options);
        await waits.RunAsync(TimeSpan.FromTicks(options.Duration.Ticks / 4), cancellationToken);
        foreach (var (name, begin) in new (string, Func<EngineHost, Task<BadNeighbour?>>)[]
        {
            ("wait for a turn, 1000 grains x 64 callers", _ => Task.FromResult<BadNeighbour?>(null)),
            ("wait beside a greedy grain", each => Task.FromResult<BadNeighbour?>(BadNeighbour.Greedy(each))),
            ("wait beside a stuck grain", async each => await BadNeighbour.StuckAsync(each)),
        })
        {
            var neighbour = await begin(host);
            var times = await waits.RunAsync(options.Duration, cancellationToken);
            if (neighbour is not null)
            {
                await neighbour.DisposeAsync();
            }

            foreach (var (quantile, label) in new[] { (0.5, "p50"), (0.99, "p99"), (0.999, "p99.9") })
            {
                yield return new BenchResult($"{name}: {label}", Histogram.Quantile(times, quantile) * 1e6 / options.Time.TimestampFrequency, "µs", null, Direction.Lower);
            }
        }
    }
}
