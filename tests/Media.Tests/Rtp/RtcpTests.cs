using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.Tests.WebRtc;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Media.Tests.Rtp;

public sealed class RtcpTests
{
    [Fact]
    public void Two_ends_measure_the_round_trip_and_the_loss_between_them()
    {
        StandingTime time = new();
        using End alice = new(1, time);
        using End bob = new(2, time);
        for (ushort i = 0; i < 100; i++)
        {
            alice.Sender.Send(new byte[160]);
            if (i % 4 != 3)
            {
                bob.Hear(alice.Sent);
            }
        }

        alice.Reporter.SendIfDue(time.GetTimestamp());
        time.Skip(TimeSpan.FromMilliseconds(30));
        bob.HearReport(alice.Sent);
        time.Skip(TimeSpan.FromSeconds(1));
        bob.Reporter.SendIfDue(time.GetTimestamp());
        time.Skip(TimeSpan.FromMilliseconds(50));
        alice.HearReport(bob.Sent);

        alice.Reporter.RoundTripMs.ShouldNotBeNull().ShouldBe(80, 0.1);
        alice.Reporter.RemoteLossFraction.ShouldBe(0.25, 0.02);
    }

    [Fact]
    public void A_goodbye_counts_only_for_the_source_being_heard_and_until_it_is_heard_again()
    {
        StandingTime time = new();
        using End alice = new(1, time);
        using End bob = new(2, time);
        alice.Sender.Send(new byte[160]);
        bob.Hear(alice.Sent);

        alice.Reporter.SendBye(time.GetTimestamp());
        bob.HearReport(alice.Sent);
        bob.Reporter.ByeAt.ShouldNotBe(0);

        time.Skip(TimeSpan.FromMilliseconds(20));
        alice.Sender.Send(new byte[160]);
        bob.Hear(alice.Sent);
        bob.Reporter.ByeAt.ShouldBe(0);
    }

    [Fact]
    public void Malformed_reports_are_refused_and_never_throw()
    {
        byte[] buffer = new byte[256];
        ReportBlock block = new(1, 2, 3, 4, 5, 6, 7);
        int length = Rtcp.WriteReport(buffer, new SenderInfo(9, 1, 1, 1, 1), block, "name");
        Rtcp.TryRead(buffer.AsSpan(0, length), 1, out RtcpNews news).ShouldBeTrue();
        news.HasReport.ShouldBeTrue();
        news.FractionLost.ShouldBe((byte)2);
        news.LastSenderReport.ShouldBe(6u);
        for (int cut = 1; cut < length; cut++)
        {
            if (cut != 52)
            {
                Rtcp.TryRead(buffer.AsSpan(0, cut), 1, out _).ShouldBeFalse($"cut to {cut} bytes");
            }
        }

        Random random = new(4);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] noise = new byte[random.Next(0, 120)];
            random.NextBytes(noise);
            Rtcp.TryRead(noise, 1, out _);
        }
    }

    /// <summary>One end of a session whose packets the test carries.</summary>
    private sealed class End : IPacketSink, IDisposable
    {
        private readonly StandingTime _time;

        public End(uint ssrc, StandingTime time)
        {
            _time = time;
            Receiver = new RtpReceiver(new RtpReceiverSettings(0, 8_000, _ => false, 200), time);
            Sender = new RtpSender(new RtpSenderSettings(0, 8_000, 160, ssrc, "end"), this, time);
            Reporter = new RtcpReporter(Receiver, Sender, time);
            SrtpProfile profile = SrtpProfile.AeadAes128Gcm;
            Receiver.Open(new SrtpReceiver(profile.CreateTransform(new byte[16], new byte[12])));
            Sender.Open(new SrtpSender(profile.CreateTransform(new byte[16], new byte[12])));
        }

        public RtpReceiver Receiver { get; }

        public RtpSender Sender { get; }

        public RtcpReporter Reporter { get; }

        public byte[] Sent { get; private set; } = [];

        public void SendPacket(ReadOnlySpan<byte> packet) => Sent = packet.ToArray();

        public void Hear(byte[] packet) => Receiver.Receive(packet, _time.GetTimestamp(), _time);

        public void HearReport(byte[] packet) => Reporter.Receive(packet, _time.GetTimestamp());

        public void Dispose()
        {
            Receiver.Dispose();
            Sender.Dispose();
        }
    }
}
