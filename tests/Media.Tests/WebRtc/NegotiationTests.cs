using System.Net;
using System.Net.Sockets;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

public sealed class NegotiationTests
{
    [Fact]
    public async Task Without_Opus_the_call_is_G711()
    {
        await using MediaFixture media = await MediaFixture.StartAsync(o => o with { Codecs = AudioCodecs.Pcmu | AudioCodecs.Pcma });
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = AudioCodecs.All });

        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);

        media.Server.IsOpusAvailable.ShouldBeFalse();
        answer.Leg.Format.ShouldBe(AudioFormat.Pcmu8k);
        answer.AnswerSdp.ShouldNotContain("opus");
    }

    [Fact]
    public async Task An_offer_without_an_allowed_codec_is_refused()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = AudioCodecs.Pcma });

        WebRtcAnswer answer = await media.Server.AnswerAsync(
            caller.CreateOffer(), new WebRtcAnswerOptions { Codecs = AudioCodecs.Opus }, CancellationToken.None);

        answer.ShouldBeOfType<WebRtcAnswer.NoCommonCodec>().Code.ShouldBe("NO_COMMON_CODEC");
        media.Server.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_restart_needs_a_live_leg_and_the_same_certificate()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());
        await using SyntheticCaller other = new(new SyntheticCallerOptions { AnnounceForeignCertificate = true });

        (await media.Server.RestartAsync("nobody", call.Caller.CreateOffer(), CancellationToken.None)).ShouldBeOfType<WebRtcAnswer.LegUnknown>();
        (await media.Server.RestartAsync(call.Leg.LegId, other.CreateOffer(), CancellationToken.None)).ShouldBeOfType<WebRtcAnswer.SdpInvalid>();
        call.Caller.RenewCredentials();
        WebRtcAnswer.Accepted accepted = (await media.Server.RestartAsync(call.Leg.LegId, call.Caller.CreateOffer(), CancellationToken.None))
            .ShouldBeOfType<WebRtcAnswer.Accepted>();

        accepted.Leg.ShouldBeSameAs(call.Leg);
        media.Server.Table.UserFragmentCount.ShouldBe(2);
        await call.Leg.HangUpAsync(LegEndReason.Completed);
        media.Server.Table.UserFragmentCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_leg_id_may_be_given_and_must_be_free()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswerOptions options = new() { LegId = "call-1" };
        WebRtcAnswer answer = await media.Server.AnswerAsync(caller.CreateOffer(), options, CancellationToken.None);

        answer.ShouldBeOfType<WebRtcAnswer.Accepted>().Leg.ShouldBeSameAs(media.Server.FindLeg("call-1"));
        await Should.ThrowAsync<InvalidOperationException>(() => media.Server.AnswerAsync(caller.CreateOffer(), options, CancellationToken.None));
        await Should.ThrowAsync<ArgumentException>(() =>
            media.Server.AnswerAsync(caller.CreateOffer(), new WebRtcAnswerOptions { LegId = "a b" }, CancellationToken.None));
        media.Server.SessionCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_dual_stack_socket_serves_an_IPv4_caller()
    {
        Socket.OSSupportsIPv6.ShouldBeTrue("the test needs an IPv6 stack, if only loopback");
        await using MediaFixture media = await MediaFixture.StartAsync(
            o => o with { BindAddress = IPAddress.IPv6Any, AdvertisedAddresses = [IPAddress.Loopback] });
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());

        call.Leg.State.ShouldBe(LegState.Connected);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10_001, 1)]
    [InlineData(1, 65)]
    public void Settings_out_of_range_are_named(int sessions, int pacers)
    {
        WebRtcServerOptions options = new() { MaxSessions = sessions, PacerCount = pacers };

        Should.Throw<ArgumentException>(options.Validate).Message.ShouldContain(sessions is 0 or 10_001 ? "MaxSessions" : "PacerCount");
    }
}
