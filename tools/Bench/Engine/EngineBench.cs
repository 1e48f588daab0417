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
            yield return new BenchResult($"{name}: p99", figures.LatencyUs(0.99), "µs", callers == 1 ? 10 : null, Direction.Lower);
            yield return new BenchResult($"{name}: allocated a call", figures.BytesPerCall, "B", null, Direction.Lower);
        }

        var queued = new CallLoad(host, ManyGrains, ManyCallers, options) { IsQueued = true };
        await queued.RunAsync(TimeSpan.FromTicks(options.Duration.Ticks / 4), cancellationToken);
        yield return new BenchResult("1000 grains x 64 callers, every call queued", (await queued.RunAsync(options.Duration, cancellationToken)).CallsPerSecond, "calls/s");

        var activations = await ActivationLoad.RunAsync(host, IdleActivations, options);
        yield return new BenchResult("activations", activations.PerSecond, "1/s", 100_000);
        yield return new BenchResult("idle activation", activations.BytesEach, "B", 1024, Direction.Lower);
        yield return new BenchResult($"memory stream, {StreamItems:N0} items", await StreamLoad.RunAsync(host, StreamItems, options), "ms", 146, Direction.Lower);
    }
}
