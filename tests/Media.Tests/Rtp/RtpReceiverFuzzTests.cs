using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.Tests.WebRtc;

namespace VoiceOrdering.Media.Tests.Rtp;

/// <summary>A caller who has the keys and sends nonsense: authentic packets with any header and any payload.</summary>
public sealed class RtpReceiverFuzzTests
{
    [Theory]
    [InlineData(0x0001, false)]
    [InlineData(0x0007, false)]
    [InlineData(0x0007, true)]
    public void Authentic_nonsense_is_played_or_dropped_but_never_throws(ushort profileId, bool isOpus)
    {
        StandingTime time = new();
        SrtpProfile profile = SrtpProfile.Find(profileId)!;
        byte[] key = new byte[profile.KeyLength];
        byte[] salt = new byte[profile.SaltLength];
        using SrtpTransform sender = profile.CreateTransform(key, salt);
        using RtpReceiver receiver = new(new RtpReceiverSettings(0, isOpus ? 48_000 : 8_000, type => type == 126, 200), time);
        receiver.Open(new SrtpReceiver(profile.CreateTransform(key, salt)));
        using IFrameDecoder decoder = isOpus ? new OpusCodec(0, 24_000) : new G711Codec(AudioFormat.Pcmu8k);
        AudioFormat format = isOpus ? AudioFormat.Pcm24k : AudioFormat.Pcmu8k;
        CallerAudioReader reader = new(receiver.Buffer, receiver.Lock, decoder, format);
        Random random = new(profileId);
        byte[] frame = new byte[format.BytesPerFrame];
        ushort sequenceNumber = 0;
        for (int i = 0; i < 6_000; i++)
        {
            byte[] packet = Packet(random, sequenceNumber, out int length);
            sequenceNumber += (ushort)(random.Next(20) == 0 ? random.Next(0, 300) : 1);
            if (RtpHeader.TryParse(packet.AsSpan(0, length), out RtpHeader header))
            {
                length = sender.ProtectRtp(packet, length, new SrtpPacketIndex(header.Length, header.Ssrc, 0, header.SequenceNumber));
            }

            receiver.Receive(packet.AsSpan(0, length), time.GetTimestamp(), time);
            time.Skip(TimeSpan.FromMilliseconds(random.Next(0, 40)));
            CallerFrame info = reader.Read(frame, time.GetTimestamp());
            info.FrameIndex.ShouldBe(i);
            receiver.Buffer.BufferedMs.ShouldBeLessThanOrEqualTo(JitterBuffer.Capacity * AudioFormat.FrameMs);
            receiver.Buffer.NoteTick();
        }

        receiver.Packets.ShouldBeGreaterThan(500);
    }

    private static byte[] Packet(Random random, ushort sequenceNumber, out int length)
    {
        byte[] packet = new byte[1_700];
        length = random.Next(0, 1_600);
        random.NextBytes(packet);
        packet[0] = (byte)(0x80 | (random.Next(3) == 0 ? random.Next(0, 64) : random.Next(0, 2) * 0x20));
        packet[1] = (byte)(random.Next(5) switch { 0 => 126, 1 => random.Next(128), _ => 0 });
        packet[2] = (byte)(sequenceNumber >> 8);
        packet[3] = (byte)sequenceNumber;

        // Mostly one source, so that the buffer fills.
        if (random.Next(50) != 0)
        {
            packet.AsSpan(8, 4).Fill(7);
        }

        return packet;
    }
}
