using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Rtp;

namespace VoiceOrdering.Media.Tests.Rtp;

/// <summary>Jitter buffer and reader on a clock of the test: arrivals and ticks are a script, the frames that come out are checked.</summary>
public sealed class CallerAudioTests
{
    private const int FrameMs = AudioFormat.FrameMs;

    [Fact]
    public void A_steady_stream_comes_out_whole_with_at_most_two_frames_of_delay()
    {
        Line line = new();
        for (int i = 0; i < 500; i++)
        {
            line.Arrive(i, i * FrameMs);
        }

        line.PlayUntil(500 * FrameMs);

        line.Spoken.ShouldBe(Enumerable.Range(0, line.Spoken.Count).Select(i => i % 251));
        line.Spoken.Count.ShouldBeGreaterThanOrEqualTo(498);
        line.Kinds.Skip(3).ShouldAllBe(k => k == CallerFrameKind.Speech);
        line.DelayMs.ShouldBeLessThanOrEqualTo(2 * FrameMs);
    }

    [Fact]
    public void A_backlog_is_worked_off_without_losing_speech()
    {
        // The thread was busy for half a second: 25 packets come at once.
        Line line = new();
        for (int i = 0; i < 400; i++)
        {
            line.Arrive(i, Math.Max(i * FrameMs, 500));
        }

        line.PlayUntil(3_000);
        int delayAfterBacklogMs = line.DelayMs;
        line.PlayUntil(400 * FrameMs);

        line.Spoken.ShouldBe(Enumerable.Range(0, line.Spoken.Count).Select(i => i % 251));
        delayAfterBacklogMs.ShouldBeLessThanOrEqualTo(320, "the peak is not forgotten yet");
        line.DelayMs.ShouldBeLessThanOrEqualTo(140, "450 ms stayed for the whole call in the prototype");
        line.MostFramesInOneTick.ShouldBe(2);
    }

    [Fact]
    public void A_stall_in_the_call_is_concealed_then_silent_and_its_speech_follows()
    {
        Line line = new();
        for (int i = 0; i < 300; i++)
        {
            int sentAt = i * FrameMs;
            line.Arrive(i, sentAt is >= 2_000 and < 2_300 ? 2_300 : sentAt);
        }

        line.PlayUntil(300 * FrameMs);

        line.Spoken.ShouldBe(Enumerable.Range(0, line.Spoken.Count).Select(i => i % 251));
        line.Kinds.Count(k => k == CallerFrameKind.Concealed).ShouldBe(5);
        line.Kinds.Count(k => k == CallerFrameKind.Silence).ShouldBeInRange(8, 14);
        line.DelayMs.ShouldBeLessThanOrEqualTo(220);
    }

    [Fact]
    public void Jitter_raises_the_target_and_calm_lowers_it()
    {
        Line line = new();
        Random random = new(5);
        for (int i = 0; i < 1_500; i++)
        {
            line.Arrive(i, (i * FrameMs) + (i < 500 ? random.Next(0, 70) : 0));
        }

        line.PlayUntil(500 * FrameMs);
        int jittery = line.Buffer.TargetMs;
        int concealedBefore = line.Kinds.Skip(100).Count(k => k == CallerFrameKind.Concealed);
        line.PlayUntil(1_500 * FrameMs);

        jittery.ShouldBeInRange(60, 100);
        concealedBefore.ShouldBeLessThan(8);
        line.Buffer.TargetMs.ShouldBe(20);
        line.DelayMs.ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void Reordered_packets_are_put_in_order_and_doubles_are_dropped()
    {
        Line line = new();
        for (int i = 0; i < 200; i += 2)
        {
            line.Arrive(i + 1, i * FrameMs);
            line.Arrive(i, (i * FrameMs) + 1);
            line.Arrive(i, (i * FrameMs) + 2);
        }

        line.PlayUntil(200 * FrameMs);

        // The buffer starts with the packet that comes first; the one before it is late.
        line.Spoken.ShouldBe(Enumerable.Range(1, line.Spoken.Count));
        line.Buffer.LatePackets.ShouldBeGreaterThan(90);
    }

    [Fact]
    public void A_lost_packet_costs_exactly_one_concealed_frame()
    {
        Line line = new();
        for (int i = 0; i < 300; i++)
        {
            if (i is not (50 or 51 or 120 or 200))
            {
                line.Arrive(i, i * FrameMs);
            }
        }

        line.PlayUntil(300 * FrameMs);

        line.Kinds.Skip(3).Count(k => k == CallerFrameKind.Concealed).ShouldBe(4);
        line.Buffer.LostPackets.ShouldBe(4);
        line.Spoken.ShouldBe(Enumerable.Range(0, 300).Where(i => i is not (50 or 51 or 120 or 200)).Take(line.Spoken.Count).Select(i => i % 251));
    }

    [Fact]
    public void The_sequence_number_may_wrap_and_jump()
    {
        Line line = new(65_500);
        for (int i = 0; i < 100; i++)
        {
            line.Arrive(i, i * FrameMs);
        }

        for (int i = 5_000; i < 5_100; i++)
        {
            line.Arrive(i, (100 * FrameMs) + ((i - 5_000) * FrameMs));
        }

        line.PlayUntil(200 * FrameMs);

        line.Spoken.Take(95).ShouldBe(Enumerable.Range(0, 95));
        line.Spoken.ShouldContain(5_050 % 251);
        line.DelayMs.ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public void Packets_of_other_lengths_than_20_ms_are_cut_into_frames()
    {
        foreach (int ms in new[] { 10, 30, 60 })
        {
            Line line = new();
            for (int i = 0; i < 100; i++)
            {
                line.Arrive(i, i * ms, ms);
            }

            line.PlayUntil(100 * ms);

            line.Kinds.Count(k => k == CallerFrameKind.Speech).ShouldBeGreaterThan((100 * ms / FrameMs) - 12, $"{ms} ms packets");
        }
    }

    /// <summary>One stream of G.711 whose packets carry their number in every byte.</summary>
    private sealed class Line
    {
        private const long Frequency = 1_000_000;
        private readonly ushort _first;
        private readonly CallerAudioReader _reader;
        private readonly SortedList<(long AtUs, int Order), (RtpHeader Header, byte[] Payload)> _arrivals = [];
        private long _nowUs = 7_000;

        public Line(ushort first = 100)
        {
            _first = first;
            Buffer = new JitterBuffer(new JitterTarget(8_000, Frequency, 200));
            _reader = new CallerAudioReader(Buffer, new Lock(), new G711Codec(AudioFormat.Pcmu8k), AudioFormat.Pcmu8k);
        }

        public JitterBuffer Buffer { get; }

        public List<CallerFrameKind> Kinds { get; } = [];

        /// <summary>Numbers (modulo 251) of the packets in the order they were played.</summary>
        public List<int> Spoken { get; } = [];

        public int DelayMs => Buffer.BufferedMs + FrameMs;

        public int MostFramesInOneTick { get; private set; }

        public void Arrive(int number, int atMs, int lengthMs = FrameMs)
        {
            byte[] payload = new byte[lengthMs * 8];
            payload.AsSpan().Fill((byte)(number % 251));
            RtpHeader header = new() { SequenceNumber = (ushort)(_first + number), Timestamp = (uint)(number * lengthMs * 8), Ssrc = 1 };
            _arrivals.Add((atMs * 1_000L, _arrivals.Count), (header, payload));
        }

        public void PlayUntil(int ms)
        {
            for (; _nowUs < ms * 1_000L; _nowUs += FrameMs * 1_000)
            {
                while (_arrivals.Count > 0 && _arrivals.GetKeyAtIndex(0).AtUs <= _nowUs)
                {
                    long at = _arrivals.GetKeyAtIndex(0).AtUs;
                    (RtpHeader header, byte[] payload) = _arrivals.GetValueAtIndex(0);
                    _arrivals.RemoveAt(0);
                    Buffer.Insert(header, RtpPayloadKind.Audio, payload, new ArrivalTimes(at, at));
                }

                Tick();
            }
        }

        // As LegPump does it.
        private void Tick()
        {
            Read();
            Buffer.NoteTick();
            if (Buffer.CatchUpFrames > 0)
            {
                Buffer.NoteCaughtUp();
                Read();
                MostFramesInOneTick = 2;
            }
        }

        private void Read()
        {
            byte[] frame = new byte[160];
            CallerFrame info = _reader.Read(frame, _nowUs);
            Kinds.Add(info.Kind);
            if (info.Kind == CallerFrameKind.Speech)
            {
                Spoken.Add(frame[0]);
            }
        }
    }
}
