using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Media.Tests.Srtp;

public sealed class SrtpReceiverTests
{
    private const uint Ssrc = 77;

    public static TheoryData<ushort> Profiles => new() { (ushort)0x0001, (ushort)0x0007 };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_is_taken_once_and_reordering_within_the_window_is_allowed(ushort id)
    {
        using SrtpSender sender = new(Transform(id));
        using SrtpReceiver receiver = new(Transform(id));
        byte[][] packets = [.. Enumerable.Range(0, 200).Select(i => Protect(sender, (ushort)i))];

        Opens(receiver, packets[150]).ShouldBeTrue();
        Opens(receiver, packets[150]).ShouldBeFalse();
        Opens(receiver, packets[30]).ShouldBeTrue();
        Opens(receiver, packets[30]).ShouldBeFalse();
        Opens(receiver, packets[22]).ShouldBeFalse("older than 128 packets");
        Opens(receiver, packets[199]).ShouldBeTrue();
        Opens(receiver, packets[30]).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_forged_packet_changes_nothing(ushort id)
    {
        using SrtpSender sender = new(Transform(id));
        using SrtpReceiver receiver = new(Transform(id));
        byte[] first = Protect(sender, 10);
        byte[] second = Protect(sender, 11);
        Opens(receiver, first).ShouldBeTrue();
        for (int i = 0; i < second.Length; i++)
        {
            byte[] forged = [.. second];
            forged[i] ^= 0x40;
            Opens(receiver, forged).ShouldBeFalse($"byte {i} was changed");
        }

        for (int length = 0; length < second.Length; length++)
        {
            Opens(receiver, second[..length]).ShouldBeFalse($"cut to {length} bytes");
        }

        Opens(receiver, second).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Forged_reports_are_refused(ushort id)
    {
        using SrtpSender sender = new(Transform(id));
        using SrtpReceiver receiver = new(Transform(id));
        byte[] buffer = new byte[256];
        int length = sender.ProtectRtcp(buffer, Rtcp.WriteReport(buffer, new SenderInfo(Ssrc, 1, 1, 1, 1), null, "n"));
        for (int i = 0; i < length; i++)
        {
            byte[] forged = buffer[..length];
            forged[i] ^= 1;
            receiver.TryUnprotectRtcp(forged, out _).ShouldBeFalse($"byte {i} was changed");
        }

        byte[] copy = buffer[..length];
        receiver.TryUnprotectRtcp(copy, out _).ShouldBeTrue();
        receiver.TryUnprotectRtcp(buffer.AsSpan(0, length), out _).ShouldBeFalse("a replay");
    }

    private static SrtpTransform Transform(ushort id)
    {
        SrtpProfile profile = SrtpProfile.Find(id)!;
        return profile.CreateTransform(new byte[profile.KeyLength], new byte[profile.SaltLength]);
    }

    private static byte[] Protect(SrtpSender sender, ushort sequenceNumber)
    {
        byte[] packet = new byte[12 + 20 + SrtpProfile.MaxExpansion];
        new RtpHeader { SequenceNumber = sequenceNumber, Ssrc = Ssrc }.Write(packet);
        return packet[..sender.ProtectRtp(packet, 32, sequenceNumber, Ssrc)];
    }

    private static bool Opens(SrtpReceiver receiver, byte[] packet) => receiver.TryUnprotectRtp(packet.ToArray(), out _, out _);
}
