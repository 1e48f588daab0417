using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using Xunit.Abstractions;

namespace VoiceOrdering.Media.Tests.Srtp;

/// <summary>Our SRTP and libsrtp2 must produce the same bytes and open each other's packets.</summary>
public sealed class SrtpOracleTests(ITestOutputHelper output)
{
    private const uint Ssrc = 0x1234_5678;

    public static TheoryData<ushort> Profiles => new() { (ushort)0x0001, (ushort)0x0007 };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Rtp_is_byte_for_byte_what_libsrtp2_makes_across_a_wrap(ushort id)
    {
        if (!HasOracle())
        {
            return;
        }

        (SrtpProfile profile, byte[] key, byte[] salt) = Keys(id);
        using LibSrtp oracle = new(id, [.. key, .. salt], isSender: true);
        using SrtpSender sender = new(profile.CreateTransform(key, salt));
        using SrtpReceiver receiver = new(profile.CreateTransform(key, salt));
        Random random = new(7);
        for (int i = 0; i < 300; i++)
        {
            byte[] packet = RtpPacket(random, (ushort)(65_400 + i), random.Next(0, 400));
            byte[] ours = new byte[packet.Length + SrtpProfile.MaxExpansion];
            packet.CopyTo(ours, 0);
            int length = sender.ProtectRtp(ours, packet.Length, (ushort)(65_400 + i), Ssrc);

            byte[] theirs = oracle.Apply(packet, isRtcp: false, isProtect: true).ShouldNotBeNull();
            ours[..length].ShouldBe(theirs);
            receiver.TryUnprotectRtp(theirs, out _, out int opened).ShouldBeTrue();
            theirs[..opened].ShouldBe(packet);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Rtcp_is_byte_for_byte_what_libsrtp2_makes(ushort id)
    {
        if (!HasOracle())
        {
            return;
        }

        (SrtpProfile profile, byte[] key, byte[] salt) = Keys(id);
        using LibSrtp sending = new(id, [.. key, .. salt], isSender: true);
        using LibSrtp opening = new(id, [.. key, .. salt], isSender: false);
        using SrtpSender sender = new(profile.CreateTransform(key, salt));
        using SrtpReceiver receiver = new(profile.CreateTransform(key, salt));
        for (uint i = 0; i < 20; i++)
        {
            byte[] buffer = new byte[256];
            int plain = Rtcp.WriteReport(buffer, new SenderInfo(Ssrc, i, i, i, i), null, "name");
            byte[] packet = buffer[..plain];
            int length = sender.ProtectRtcp(buffer, plain);

            opening.Apply(buffer[..length], isRtcp: true, isProtect: false).ShouldBe(packet);
            byte[] theirs = sending.Apply(packet, isRtcp: true, isProtect: true).ShouldNotBeNull();
            receiver.TryUnprotectRtcp(theirs, out int opened).ShouldBeTrue();
            theirs[..opened].ShouldBe(packet);
        }
    }

    private bool HasOracle()
    {
        if (!LibSrtp.IsAvailable)
        {
            output.WriteLine("libsrtp2.so.1 is not installed: only the published vectors are checked.");
        }

        return LibSrtp.IsAvailable;
    }

    private static (SrtpProfile Profile, byte[] Key, byte[] Salt) Keys(ushort id)
    {
        SrtpProfile profile = SrtpProfile.Find(id)!;
        Random random = new(id);
        byte[] key = new byte[profile.KeyLength];
        byte[] salt = new byte[profile.SaltLength];
        random.NextBytes(key);
        random.NextBytes(salt);
        return (profile, key, salt);
    }

    private static byte[] RtpPacket(Random random, ushort sequenceNumber, int payloadLength)
    {
        byte[] packet = new byte[RtpHeader.FixedLength + payloadLength];
        random.NextBytes(packet);
        new RtpHeader { PayloadType = 0, SequenceNumber = sequenceNumber, Ssrc = Ssrc }.Write(packet);
        return packet;
    }
}
