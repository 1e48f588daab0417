using System.Runtime.CompilerServices;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Bench.Media;

/// <summary>Sessions a core carries and what a packet waits inside the server, with synthetic SRTP callers over loopback.</summary>
internal sealed class MediaBench : IBenchGroup
{
    private const int PcmuSessions = 100;
    private const int OpusSessions = 80;

    public string Name => "media";

    public string What => "WebRTC sessions that echo 20 ms frames; CPU of the media threads only; latency without the jitter buffer's intended wait.";

    public async IAsyncEnumerable<BenchResult> RunAsync(BenchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((AudioCodecs codec, int sessions, double floor) in new[] { (AudioCodecs.Pcmu, PcmuSessions, 300.0), (AudioCodecs.Opus, OpusSessions, 80.0) })
        {
            EchoLoad load = new(codec, sessions, options);
            EchoFigures figures = await load.RunAsync(cancellationToken);
            string name = $"{codec.ToString().ToUpperInvariant()} × {sessions}";
            yield return new BenchResult($"{name}: sessions per core", figures.SessionsPerCore, "sessions", floor);
            yield return new BenchResult($"{name}: packet in to packet out p50", figures.LatencyUs(0.50), "µs", null, Direction.Lower);
            yield return new BenchResult($"{name}: packet in to packet out p95", figures.LatencyUs(0.95), "µs", null, Direction.Lower);
            yield return new BenchResult(
                $"{name}: packet in to packet out p99", figures.LatencyUs(0.99), "µs", codec == AudioCodecs.Pcmu ? 1_000 : null, Direction.Lower);
            yield return new BenchResult($"{name}: of it late wake-up of the pacer p99", figures.LatenessUs(0.99), "µs", null, Direction.Lower);
            yield return new BenchResult($"{name}: offer to connected, median", figures.ConnectMs, "ms", null, Direction.Lower);
            yield return new BenchResult($"{name}: frames made up", figures.MadeUpShare * 100, "%", null, Direction.Lower);
            yield return new BenchResult($"{name}: allocation of the whole process", figures.AllocatedKibPerSecond, "KiB/s", null, Direction.Lower);
        }

        foreach (BenchResult result in PacketCosts.Measure(options))
        {
            yield return result;
        }
    }
}
