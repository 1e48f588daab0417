using System.Net;
using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Ice;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Media.Tests.WebRtc;

public sealed class SdpTests
{
    private const string Fingerprint =
        "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

    [Fact]
    public void A_Firefox_like_offer_with_session_level_fingerprint_is_understood()
    {
        string[] session = ["v=0", "o=mozilla 1 0 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=fingerprint:" + Fingerprint, "a=ice-options:trickle"];
        SdpOffer offer = Parse([.. session, .. Audio("109 9 0 8 101", "a=rtpmap:109 opus/48000/2", "a=rtpmap:9 G722/8000/1", "a=rtpmap:101 telephone-event/8000/1")]);

        NegotiatedCodec codec = NegotiatedCodec.Choose(offer.Audio, AudioCodecs.All)!;

        codec.Codec.ShouldBe(AudioCodecs.Opus);
        codec.PayloadType.ShouldBe((byte)109);
        codec.KeyTones.ShouldBe([((byte)101, 8_000)]);
    }

    [Theory]
    [InlineData("0 111", AudioCodecs.All, AudioCodecs.Pcmu)]
    [InlineData("111 0 8", AudioCodecs.All, AudioCodecs.Opus)]
    [InlineData("111 0 8", AudioCodecs.Pcma, AudioCodecs.Pcma)]
    [InlineData("111 8 0", AudioCodecs.Pcmu | AudioCodecs.Pcma, AudioCodecs.Pcma)]
    public void The_offerers_order_decides_among_what_is_allowed(string formats, AudioCodecs allowed, AudioCodecs expected)
    {
        SdpOffer offer = Parse(["v=0", "a=fingerprint:" + Fingerprint, .. Audio(formats, "a=rtpmap:111 opus/48000/2")]);

        NegotiatedCodec.Choose(offer.Audio, allowed)!.Codec.ShouldBe(expected);
    }

    [Fact]
    public void Without_a_common_codec_there_is_none()
    {
        SdpOffer offer = Parse(["v=0", "a=fingerprint:" + Fingerprint, .. Audio("9 13", "a=rtpmap:9 G722/8000")]);

        NegotiatedCodec.Choose(offer.Audio, AudioCodecs.All).ShouldBeNull();
    }

    [Fact]
    public void The_answer_keeps_every_line_of_the_offer_in_order_and_refuses_the_others()
    {
        SdpOffer offer = Parse(
        [
            "v=0", "a=fingerprint:" + Fingerprint, "m=video 9 UDP/TLS/RTP/SAVPF 96 97", "a=mid:v",
            .. Audio("111 126 110", "a=rtpmap:111 opus/48000/2", "a=rtpmap:126 telephone-event/8000", "a=rtpmap:110 telephone-event/48000", "a=mid:a", "a=sendonly"),
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d",
        ]);

        string[] answer = Answer(offer).Split("\r\n");

        answer.Where(l => l.StartsWith("m=", StringComparison.Ordinal)).ShouldBe(
            ["m=video 0 UDP/TLS/RTP/SAVPF 96 97", "m=audio 50000 UDP/TLS/RTP/SAVPF 111 126 110", "m=application 0 UDP/DTLS/SCTP webrtc-datachannel"]);
        answer.Where(l => l.StartsWith("a=mid:", StringComparison.Ordinal)).ShouldBe(["a=mid:v", "a=mid:a", "a=mid:d"]);
        answer.ShouldContain("a=group:BUNDLE a");
        answer.ShouldContain("a=setup:passive");
        answer.ShouldContain("a=recvonly");
        answer.ShouldContain("a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host");
        answer.ShouldContain("a=ice-lite");
        answer.ShouldContain("a=fmtp:111 minptime=10;useinbandfec=1;stereo=0;maxplaybackrate=24000");
    }

    [Theory]
    [InlineData("a=ice-pwd:short", "ice-")]
    [InlineData("a=setup:passive", "DTLS client")]
    [InlineData("a=fingerprint:sha-1 00:11", "fingerprint")]
    [InlineData("a=mid:a b", "mid")]
    public void What_is_missing_or_wrong_is_named(string line, string part)
    {
        string[] lines = ["v=0", .. Audio("0", line, "a=fingerprint:" + Fingerprint)];

        SdpOffer.Parse(string.Join("\r\n", lines), out string reason).ShouldBeNull();

        reason.ShouldContain(part);
    }

    [Fact]
    public void Line_ends_may_be_bare_line_feeds()
    {
        SdpOffer.Parse(string.Join('\n', ["v=0", "a=fingerprint:" + Fingerprint, .. Audio("0")]), out _).ShouldNotBeNull();
    }

    private static SdpOffer Parse(string[] lines) => SdpOffer.Parse(string.Join("\r\n", lines) + "\r\n", out string reason).ShouldNotBeNull(reason);

    // Lines given by a test come first: the first of two equal attributes counts.
    private static string[] Audio(string formats, params string[] lines) =>
        ["m=audio 9 UDP/TLS/RTP/SAVPF " + formats, .. lines, "a=rtcp-mux", "a=setup:actpass", "a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuvwx"];

    private static string Answer(SdpOffer offer) => new SdpAnswer
    {
        Offer = offer,
        Codec = NegotiatedCodec.Choose(offer.Audio, AudioCodecs.All)!,
        Local = IceCredentials.Create(),
        Fingerprint = CertificateFingerprint.Parse(Fingerprint)!,
        Candidates = [new IPEndPoint(IPAddress.Parse("192.0.2.7"), 50_000)],
        Ssrc = 5,
        CanonicalName = "name",
        Version = 1,
    }.ToString();
}
