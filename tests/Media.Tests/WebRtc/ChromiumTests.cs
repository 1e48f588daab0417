using Microsoft.Playwright;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Browser;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

/// <summary>A real browser against the real server; each side proves by FFT that it hears the other's tone.</summary>
public sealed class ChromiumTests : IClassFixture<ChromiumTests.Chromium>
{
    private const int CallerHz = 440;
    private const int AgentHz = 1_000;
    private readonly Chromium _chromium;

    public ChromiumTests(Chromium chromium) => _chromium = chromium;

    [Theory]
    [InlineData(AudioCodecs.Opus, "opus")]
    [InlineData(AudioCodecs.Pcmu, "PCMU")]
    [InlineData(AudioCodecs.Pcma, "PCMA")]
    public async Task Chromium_and_the_server_hear_each_other(AudioCodecs codec, string name)
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using VoicePage window = await _chromium.OpenAsync();
        await using Call call = await Call.StartAsync(media, window.Page, codec);

        double found = await window.Page.EvaluateAsync<double>($"hears({AgentHz})").WaitAsync(MediaFixture.Patience);
        await call.Audio.SpeechFramesAsync(50).WaitAsync(MediaFixture.Patience);

        found.ShouldBe(AgentHz, 20);
        short[] said = call.Audio.Said;
        Tone.WindowShare(said.AsSpan(said.Length / 2), CallerHz, call.Leg.Format.SampleRateHz).ShouldBeGreaterThan(0.6);
        LegStats stats = call.Leg.GetStats();
        stats.Codec.ShouldBe(name);
        stats.SrtpProfile.ShouldBe("SRTP_AEAD_AES_128_GCM");
        stats.PacketsDiscarded.ShouldBe(0);
    }

    [Fact]
    public async Task Keys_pressed_in_Chromium_arrive_in_order()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using VoicePage window = await _chromium.OpenAsync();
        await using Call call = await Call.StartAsync(media, window.Page, AudioCodecs.Opus);
        List<char> keys = [];
        TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        call.Leg.DtmfReceived += key =>
        {
            keys.Add(key);
            if (keys.Count == 4)
            {
                complete.SetResult();
            }
        };

        await window.Page.EvaluateAsync("dtmf('15*#')");

        await complete.Task.WaitAsync(MediaFixture.Patience);
        new string([.. keys]).ShouldBe("15*#");
    }

    [Fact]
    public async Task An_ice_restart_keeps_the_call()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using VoicePage window = await _chromium.OpenAsync();
        await using Call call = await Call.StartAsync(media, window.Page, AudioCodecs.Opus);
        string offer = await window.Page.EvaluateAsync<string>("restart()");

        WebRtcAnswer answer = await media.Server.RestartAsync(call.Leg.LegId, offer, CancellationToken.None);

        WebRtcAnswer.Accepted accepted = answer.ShouldBeOfType<WebRtcAnswer.Accepted>();
        accepted.Leg.ShouldBeSameAs(call.Leg);
        await window.Page.EvaluateAsync("sdp => accept(sdp)", accepted.AnswerSdp);
        await window.Page.EvaluateAsync<double>($"hears({AgentHz})").WaitAsync(MediaFixture.Patience);
        await call.Audio.SpeechFramesAsync(call.Audio.Frames.Count + 50).WaitAsync(MediaFixture.Patience);
        call.Leg.GetStats().IceRestarts.ShouldBe(1);
        call.Leg.State.ShouldBe(LegState.Connected);
    }

    [Fact]
    public async Task When_Chromium_hangs_up_the_leg_is_lost_at_once()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using VoicePage window = await _chromium.OpenAsync();
        await using Call call = await Call.StartAsync(media, window.Page, AudioCodecs.Pcmu);
        TaskCompletionSource<LegLossReason> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        call.Leg.Lost += lost.SetResult;

        await window.Page.EvaluateAsync("hangUp()");

        (await lost.Task.WaitAsync(MediaFixture.Patience)).ShouldBe(LegLossReason.CallerHungUp);
        media.Server.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task When_the_server_hangs_up_Chromium_is_told()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using VoicePage window = await _chromium.OpenAsync();
        await using Call call = await Call.StartAsync(media, window.Page, AudioCodecs.Pcmu);

        await call.Leg.HangUpAsync(LegEndReason.Completed);

        string state = await window.Page.EvaluateAsync<string>("remoteClosed()").WaitAsync(MediaFixture.Patience);
        state.ShouldBe("closed");
    }

    /// <summary>One browser for all tests of the class; each opens a window of its own.</summary>
    public sealed class Chromium : IAsyncLifetime
    {
        private const string Address = "http://localhost/";
        private VoiceBrowser? _browser;

        public async Task InitializeAsync() => _browser = await VoiceBrowser.LaunchAsync();

        public async Task DisposeAsync() => await _browser!.DisposeAsync();

        public async Task<VoicePage> OpenAsync()
        {
            VoicePage window = await _browser!.OpenAsync(Address, WindowSize.Desktop);
            string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "WebRtc", "caller.html"));
            await window.Page.RouteAsync("**/*", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = page }));
            await window.Page.GotoAsync(Address);
            return window;
        }
    }

    /// <summary>A connected call.</summary>
    private sealed class Call : IAsyncDisposable
    {
        public required ICallLeg Leg { get; init; }

        public required RecordingAudio Audio { get; init; }

        public static async Task<Call> StartAsync(MediaFixture media, IPage page, AudioCodecs codec)
        {
            string offer = await page.EvaluateAsync<string>($"offer({CallerHz})");
            WebRtcAnswer answer = await media.Server.AnswerAsync(offer, new WebRtcAnswerOptions { Codecs = codec }, CancellationToken.None);
            WebRtcAnswer.Accepted accepted = answer.ShouldBeOfType<WebRtcAnswer.Accepted>();
            AudioFormat format = accepted.Leg.Format;
            RecordingAudio audio = new(format, Tone.Make(AgentHz, format.SampleRateHz, format.SampleRateHz));
            accepted.Leg.Start(audio);
            await page.EvaluateAsync("sdp => accept(sdp)", accepted.AnswerSdp);
            await page.EvaluateAsync("connected()").WaitAsync(MediaFixture.Patience);
            return new Call { Leg = accepted.Leg, Audio = audio };
        }

        public async ValueTask DisposeAsync() => await Leg.DisposeAsync();
    }
}
