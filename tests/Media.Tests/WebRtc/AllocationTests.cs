using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Media.Tests.WebRtc;

/// <summary>The way of a packet in and out, on one thread so that every byte it allocates is seen.</summary>
public sealed class AllocationTests
{
    private const uint Ssrc = 9;

    public static TheoryData<AudioCodecs, ushort> Combinations => new()
    {
        { AudioCodecs.Pcmu, (ushort)0x0001 }, { AudioCodecs.Pcmu, (ushort)0x0007 }, { AudioCodecs.Opus, (ushort)0x0001 }, { AudioCodecs.Opus, (ushort)0x0007 },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_packet_in_and_a_packet_out_allocate_nothing(AudioCodecs codec, ushort profileId)
    {
        SrtpProfile profile = SrtpProfile.Find(profileId)!;
        bool isOpus = codec == AudioCodecs.Opus;
        AudioFormat format = isOpus ? AudioFormat.Pcm24k : AudioFormat.Pcmu8k;
        int clockHz = isOpus ? 48_000 : 8_000;
        using RtpReceiver receiver = new(new RtpReceiverSettings(0, clockHz, type => type == 126, 200), TimeProvider.System);
        receiver.Open(new SrtpReceiver(Transform(profile)));
        Sink sink = new();
        using RtpSender sender = new(new RtpSenderSettings(0, clockHz, clockHz / 50, 1, "name"), sink, TimeProvider.System);
        sender.Open(new SrtpSender(Transform(profile)));
        IDisposable codecs = isOpus ? new OpusCodec(0, 24_000) : new G711Codec(format);
        using LegPump pump = new(new LegPumpParts(new LegPumpEnds(receiver, sender, () => 0.05), (IFrameDecoder)codecs, (IFrameEncoder)codecs, format), TimeProvider.System, _ => { });
        EchoAudio audio = new(format);
        pump.Audio = audio;
        byte[][] packets = Packets(profile, codec, 600);
        for (int i = 0; i < 300; i++)
        {
            receiver.Receive(packets[i], TimeProvider.System.GetTimestamp(), TimeProvider.System);
            pump.Tick(TimeProvider.System.GetTimestamp());
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 300; i < packets.Length; i++)
        {
            receiver.Receive(packets[i], TimeProvider.System.GetTimestamp(), TimeProvider.System);
            pump.Tick(TimeProvider.System.GetTimestamp());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);
        receiver.Packets.ShouldBe(600);
        sink.Packets.ShouldBe(600);
        audio.Speech.ShouldBeGreaterThan(500);
    }

    private static SrtpTransform Transform(SrtpProfile profile) => profile.CreateTransform(new byte[profile.KeyLength], new byte[profile.SaltLength]);

    private static byte[][] Packets(SrtpProfile profile, AudioCodecs codec, int count)
    {
        using SrtpSender sender = new(Transform(profile));
        using OpusEncoder encoder = new(0, 24_000);
        short[] tone = TestKit.Media.Tone.Make(300, 24_000, 480);
        byte[][] packets = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            byte[] buffer = new byte[1500];
            new RtpHeader { SequenceNumber = (ushort)i, Timestamp = (uint)(i * (codec == AudioCodecs.Opus ? 960 : 160)), Ssrc = Ssrc }.Write(buffer);
            int length = codec == AudioCodecs.Opus ? encoder.Encode(tone, buffer.AsSpan(12, 1275)) : 160;
            packets[i] = buffer[..sender.ProtectRtp(buffer, 12 + length, (ushort)i, Ssrc)];
        }

        return packets;
    }

    private sealed class Sink : IPacketSink
    {
        public int Packets { get; private set; }

        public void SendPacket(ReadOnlySpan<byte> packet) => Packets++;
    }

    private sealed class EchoAudio(AudioFormat format) : ILegAudio
    {
        private readonly byte[] _frame = new byte[format.BytesPerFrame];

        public int Speech { get; private set; }

        public void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info)
        {
            frame.CopyTo(_frame);
            Speech += info.Kind == CallerFrameKind.Speech ? 1 : 0;
        }

        public bool TryReadPlayout(Span<byte> frame)
        {
            _frame.CopyTo(frame);
            return true;
        }
    }
}
