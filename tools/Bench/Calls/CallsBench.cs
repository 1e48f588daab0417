using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Api.Calls;
using VoiceOrdering.Identity;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Bench.Calls;

/// <summary>What the bridge adds to an event on its way from the provider's adapter to the session grain's door.</summary>
internal sealed class CallsBench : IBenchGroup
{
    private const double TargetMs = 25;

    public string Name => "calls";

    public string What => "Bridges that each get a word every 20 ms; from the adapter's event to the call of the grain (mailbox, loop, notice line, JSON), without the grain's own time.";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (int calls in new[] { 1, 100, 500 })
        {
            List<double> hopsUs = await MeasureAsync(calls, options, cancellationToken);
            hopsUs.Sort();
            yield return new BenchResult($"{calls} calls: event hop p50", At(0.50), "µs", null, Direction.Lower);
            yield return new BenchResult($"{calls} calls: event hop p95", At(0.95), "µs", TargetMs * 1000, Direction.Lower);
            yield return new BenchResult($"{calls} calls: event hop p99", At(0.99), "µs", null, Direction.Lower);

            double At(double share) => hopsUs.Count == 0 ? double.NaN : Math.Round(hopsUs[(int)(share * (hopsUs.Count - 1))], 1);
        }
    }

    private static async Task<List<double>> MeasureAsync(int calls, BenchOptions options, CancellationToken cancellationToken)
    {
        List<double> hopsUs = [];
        using var metrics = new CallMetrics();
        (CallBridge Bridge, SilentSession Session)[] load = [.. Enumerable.Range(0, calls).Select(number => Begin(number, options.Time, metrics, hopsUs))];
        await SpeakAsync(load, options, TimeSpan.FromMilliseconds(500), cancellationToken);
        lock (hopsUs)
        {
            hopsUs.Clear();
        }

        await SpeakAsync(load, options, options.Duration, cancellationToken);
        foreach ((CallBridge bridge, _) in load)
        {
            bridge.Stop(BridgeTrigger.Replaced, "BENCH_OVER");
        }

        await Task.WhenAll(load.Select(call => call.Bridge.Completion));
        lock (hopsUs)
        {
            return [.. hopsUs];
        }
    }

    private static async Task SpeakAsync((CallBridge Bridge, SilentSession Session)[] load, BenchOptions options, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), options.Time);
        long begunAt = options.Time.GetTimestamp();
        while (options.Time.GetElapsedTime(begunAt) < duration && await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach ((_, SilentSession session) in load)
            {
                session.Say(new CallerTranscriptDelta("item", options.Time.GetTimestamp().ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static (CallBridge Bridge, SilentSession Session) Begin(int number, TimeProvider time, CallMetrics metrics, List<double> hopsUs)
    {
        var session = new SilentSession();
        var restaurant = new RestaurantId("bench");
        var context = new CallContext
        {
            Session = new SessionId($"ses_{number}"),
            BridgeId = $"brg_{number}",
            Caller = new Caller("bench", restaurant, []),
            Grain = new HopGrain(time, hopsUs),
            Provider = session,
            LegKind = "text",
            Settings = new CallSettings(),
            Time = time,
            Ids = new BenchIds(),
            Metrics = metrics,
            Health = new ProviderHealth(session),
            Logger = NullLogger.Instance,
        };
        var bridge = new CallBridge(context, new ModelBrief("", [], "en", [], restaurant));
        bridge.Start();
        return (bridge, session);
    }

    private sealed class BenchIds : IIdSource
    {
        private int _next;

        public string NewId(string prefix) => $"{prefix}{Interlocked.Increment(ref _next):D26}";

        public string NewSecret() => NewId("secret_");
    }
}
