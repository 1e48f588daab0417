using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Transport;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Bench.Media;

/// <summary>One server, many callers in the same process; the callers' CPU is not counted.</summary>
internal sealed class EchoLoad(AudioCodecs codec, int sessions, BenchOptions options)
{
    private const int ConnectingAtOnce = 8;
    private const int MaxSamples = 4_000_000;
    private readonly List<long> _latencyNs = new(MaxSamples);
    private readonly List<long> _latenessNs = new(MaxSamples);
    private volatile bool _isMeasuring;
    private volatile bool _isStopping;

    public async Task<EchoFigures> RunAsync(CancellationToken cancellationToken)
    {
        WebRtcServerOptions settings = new() { BindAddress = IPAddress.Loopback, PortFirst = 0, MaxSessions = sessions };
        await using WebRtcServer server = new(settings, options.Time, NullLogger<WebRtcServer>.Instance);
        await server.StartAsync(cancellationToken);
        using MeterListener lateness = ListenToLateness();
        (SyntheticCaller Caller, ICallLeg Leg)[] calls = new (SyntheticCaller, ICallLeg)[sessions];
        await Parallel.ForAsync(0, sessions, new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = cancellationToken },
            async (i, token) => calls[i] = await ConnectAsync(server, token));

        Thread load = new(() => Send([.. calls.Select(c => c.Caller)])) { IsBackground = true, Name = "bench-load" };
        load.Start();
        await Task.Delay(TimeSpan.FromSeconds(1), options.Time, cancellationToken);
        LegStats[] before = [.. calls.Select(c => c.Leg.GetStats())];
        long allocated = GC.GetTotalAllocatedBytes();
        double cpu = MediaThreads.CpuSeconds();
        long start = options.Time.GetTimestamp();
        _isMeasuring = true;
        await Task.Delay(options.Duration, options.Time, cancellationToken);
        _isMeasuring = false;
        double seconds = options.Time.GetElapsedTime(start).TotalSeconds;
        cpu = MediaThreads.CpuSeconds() - cpu;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        LegStats[] after = [.. calls.Select(c => c.Leg.GetStats())];
        _isStopping = true;
        load.Join();
        foreach ((SyntheticCaller caller, _) in calls)
        {
            await caller.DisposeAsync();
        }

        return Figures(before, after, cpu / seconds, allocated / 1024.0 / seconds);
    }

    private EchoFigures Figures(LegStats[] before, LegStats[] after, double cores, double allocatedKibPerSecond)
    {
        long frames = after.Sum(s => s.FramesDelivered) - before.Sum(s => s.FramesDelivered);
        long madeUp = after.Sum(s => s.FramesConcealed + s.FramesSilent) - before.Sum(s => s.FramesConcealed + s.FramesSilent);
        double[] connectMs = [.. after.Select(s => s.ConnectMs ?? 0).Order()];
        lock (_latencyNs)
        {
            return new EchoFigures
            {
                Sessions = sessions,
                CoresUsed = cores,
                LatencyNs = [.. _latencyNs.Order()],
                LatenessNs = [.. _latenessNs.Order()],
                ConnectMs = connectMs[connectMs.Length / 2],
                MadeUpShare = frames == 0 ? 1 : (double)madeUp / frames,
                AllocatedKibPerSecond = allocatedKibPerSecond,
            };
        }
    }

    private async ValueTask<(SyntheticCaller Caller, ICallLeg Leg)> ConnectAsync(WebRtcServer server, CancellationToken cancellationToken)
    {
        SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = codec, IgnoreMedia = true });
        WebRtcAnswer answer = await server.AnswerAsync(caller.CreateOffer(), new WebRtcAnswerOptions(), cancellationToken);
        if (answer is not WebRtcAnswer.Accepted accepted)
        {
            throw new InvalidOperationException(answer.Sentence);
        }

        accepted.Leg.Start(new EchoAudio(accepted.Leg.Format));
        ((WebRtcLeg)accepted.Leg).ObserveLatency(NoteLatency);
        await caller.ConnectAsync(accepted.AnswerSdp, cancellationToken);
        return (caller, accepted.Leg);
    }

    // Callers are independent of each other: their packets are spread over the 20 ms.
    private void Send(SyntheticCaller[] callers)
    {
        byte[][] payloads = Payloads();
        long frame = options.Time.TimestampFrequency / 50;
        long start = options.Time.GetTimestamp();
        for (int round = 0; !_isStopping; round++)
        {
            for (int i = 0; i < callers.Length; i++)
            {
                long due = start + (frame * round) + (frame * i / callers.Length);
                PreciseWait.Wait(options.Time.GetElapsedTime(options.Time.GetTimestamp(), due));
                callers[i].SendPayload(payloads[(round + i) % payloads.Length]);
            }
        }
    }

    // One second of syllables of a buzzing voice with some noise.
    private byte[][] Payloads()
    {
        Random random = new(1);
        short[] voice = Tone.Make(140, 24_000, 24_000, 4_000);
        for (int i = 0; i < voice.Length; i++)
        {
            double syllable = 0.2 + Math.Abs(Math.Sin(Math.PI * 4 * i / 24_000));
            voice[i] = (short)(((voice[i] * (1 + ((i / 60) % 3))) + random.Next(-800, 800)) * syllable);
        }

        byte[][] payloads = new byte[50][];
        using OpusEncoder encoder = new();
        Downsampler24kTo8k down = new();
        byte[] packet = new byte[OpusEncoder.MaxPacketBytes];
        short[] narrow = new short[160];
        for (int i = 0; i < payloads.Length; i++)
        {
            ReadOnlySpan<short> part = voice.AsSpan(i * 480, 480);
            if (codec == AudioCodecs.Opus)
            {
                payloads[i] = packet[..encoder.Encode(part, packet)];
            }
            else
            {
                down.Process(part, narrow);
                payloads[i] = RecordingAudio.Encode(AudioFormat.Pcmu8k, narrow);
            }
        }

        return payloads;
    }

    private void NoteLatency(long timestamps)
    {
        if (_isMeasuring)
        {
            lock (_latencyNs)
            {
                Add(_latencyNs, timestamps * 1_000_000_000 / options.Time.TimestampFrequency);
            }
        }
    }

    private MeterListener ListenToLateness()
    {
        MeterListener listener = new();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "media_pacer_lateness")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, milliseconds, _, _) =>
        {
            if (_isMeasuring)
            {
                lock (_latencyNs)
                {
                    Add(_latenessNs, (long)(milliseconds * 1_000_000));
                }
            }
        });
        listener.Start();
        return listener;
    }

    private static void Add(List<long> samples, long value)
    {
        if (samples.Count < MaxSamples)
        {
            samples.Add(value);
        }
    }

    private sealed class EchoAudio(AudioFormat format) : ILegAudio
    {
        private readonly byte[] _frame = new byte[format.BytesPerFrame];

        public void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info) => frame.CopyTo(_frame);

        public bool TryReadPlayout(Span<byte> frame)
        {
            _frame.CopyTo(frame);
            return true;
        }
    }
}
