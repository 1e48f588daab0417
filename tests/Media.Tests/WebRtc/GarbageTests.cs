using System.Net.Sockets;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

/// <summary>Whatever arrives at the port or as an offer: a typed answer or nothing, and running calls do not notice.</summary>
public sealed class GarbageTests
{
    [Fact]
    public async Task Random_datagrams_from_strangers_and_from_the_caller_do_not_disturb_a_call()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using Connected call = await Connected.StartAsync(media, new SyntheticCallerOptions());
        using Socket stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Connect(media.Server.LocalEndpoint!);
        Random random = new(11);
        for (int i = 0; i < 4_000; i++)
        {
            byte[] noise = new byte[random.Next(0, 1_400)];
            random.NextBytes(noise);
            if (noise.Length > 0)
            {
                // Every protocol of RFC 7983 gets its share.
                noise[0] = (i % 4) switch { 0 => (byte)random.Next(0, 4), 1 => (byte)random.Next(20, 64), 2 => (byte)random.Next(128, 192), _ => noise[0] };
            }

            stranger.Send(noise);
            if (noise.Length == 0 || noise[0] is < 20 or > 63)
            {
                call.Caller.SendRaw(noise);
            }

            if (i % 100 == 0)
            {
                // A pause of one frame keeps the socket's buffer from overflowing.
                await call.Audio.FramesAsync(call.Audio.Frames.Count + 1).WaitAsync(MediaFixture.Patience);
            }
        }

        Task heard = call.Audio.SpeechFramesAsync(call.Audio.Frames.Count(f => f.Kind == CallerFrameKind.Speech) + 10);
        using CallerVoice voice = new(call.Caller);
        await voice.SayAsync(Tone.Make(440, 24_000, 24_000), null, CancellationToken.None);

        await heard.WaitAsync(MediaFixture.Patience);
        call.Leg.State.ShouldBe(LegState.Connected);
        media.Server.SessionCount.ShouldBe(1);
        media.Server.Table.AddressCount.ShouldBe(1);
        media.Server.Metrics.Dropped(DatagramDrop.Failed).ShouldBe(0);
        media.Server.Metrics.Dropped(DatagramDrop.Stranger).ShouldBeGreaterThan(100);
        call.Leg.GetStats().PacketsDiscarded.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Noise_in_place_of_a_handshake_ends_as_a_lost_leg_not_as_an_error()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        answer.Leg.Start(new RecordingAudio(answer.Leg.Format, []));
        Random random = new(12);
        byte[] noise = new byte[300];
        Task connecting = MediaFixture.ConnectAsync(caller, answer);
        for (int i = 0; i < 200; i++)
        {
            random.NextBytes(noise);
            noise[0] = (byte)random.Next(20, 64);
            caller.SendRaw(noise);
        }

        // DTLS drops records that make no sense (RFC 6347 §4.1.2.7); the handshake goes on or fails, and both are told.
        await connecting.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(MediaFixture.Patience);
        await answer.Leg.DisposeAsync();
        media.Server.Table.AddressCount.ShouldBe(0);
        media.Server.Metrics.Dropped(DatagramDrop.Failed).ShouldBe(0);
    }

    [Fact]
    public async Task Every_damaged_offer_gets_a_typed_answer_and_leaves_nothing_behind()
    {
        await using MediaFixture media = await MediaFixture.StartAsync(o => o with { MaxSessions = 10_000 });
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = AudioCodecs.All });
        string offer = caller.CreateOffer();
        Random random = new(13);
        List<ICallLeg> accepted = [];
        int refused = 0;
        for (int i = 0; i < 1_500; i++)
        {
            WebRtcAnswer answer = await media.Server.AnswerAsync(Damage(offer, random), new WebRtcAnswerOptions { Codecs = AudioCodecs.Pcmu }, CancellationToken.None);
            switch (answer)
            {
                case WebRtcAnswer.Accepted ok:
                    ok.AnswerSdp.Split("\r\n").ShouldAllBe(l => l.Length == 0 || (l.Length > 2 && l[1] == '='));
                    accepted.Add(ok.Leg);
                    break;
                case WebRtcAnswer.SdpInvalid or WebRtcAnswer.NoCommonCodec:
                    answer.Sentence.ShouldEndWith(".");
                    refused++;
                    break;
                default:
                    throw new InvalidOperationException(answer.Code);
            }
        }

        refused.ShouldBeGreaterThan(100);
        await Task.WhenAll(accepted.Select(l => l.HangUpAsync(LegEndReason.Completed)));
        media.Server.SessionCount.ShouldBe(0);
        media.Server.Table.UserFragmentCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("v=0")]
    [InlineData("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0")]
    [InlineData("v=0\r\nm=audio")]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96")]
    [InlineData("v=0\r\nm=audio 99999 UDP/TLS/RTP/SAVPF 0")]
    [InlineData("\0\0\0")]
    public async Task What_is_no_offer_is_called_so(string sdp)
    {
        await using MediaFixture media = await MediaFixture.StartAsync();

        WebRtcAnswer answer = await media.Server.AnswerAsync(sdp, new WebRtcAnswerOptions(), CancellationToken.None);

        answer.ShouldBeOfType<WebRtcAnswer.SdpInvalid>().Code.ShouldBe("SDP_INVALID");
        media.Server.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task An_offer_beyond_the_limit_is_refused_before_it_is_read()
    {
        await using MediaFixture media = await MediaFixture.StartAsync(o => o with { MaxOfferChars = 1_000 });

        WebRtcAnswer answer = await media.Server.AnswerAsync("v=0\r\n" + new string('a', 2_000), new WebRtcAnswerOptions(), CancellationToken.None);

        answer.ShouldBeOfType<WebRtcAnswer.SdpInvalid>().Reason.ShouldContain("1000");
    }

    private static string Damage(string offer, Random random)
    {
        List<string> lines = [.. offer.Split("\r\n")];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int line = random.Next(lines.Count);
            switch (random.Next(5))
            {
                case 0:
                    lines.RemoveAt(line);
                    break;
                case 1:
                    lines.Insert(line, lines[random.Next(lines.Count)]);
                    break;
                case 2 when lines[line].Length > 0:
                    lines[line] = lines[line][..random.Next(lines[line].Length)];
                    break;
                case 3 when lines[line].Length > 0:
                    char[] text = lines[line].ToCharArray();
                    text[random.Next(text.Length)] = (char)random.Next(1, 300);
                    lines[line] = new string(text);
                    break;
                default:
                    lines[line] += new string((char)random.Next(32, 127), random.Next(1, 2_000));
                    break;
            }
        }

        return string.Join("\r\n", lines);
    }
}
