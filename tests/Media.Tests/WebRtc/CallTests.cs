using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Media.Tests.WebRtc;

public sealed class CallTests
{
    private const int CallerHz = 440;
    private const int AgentHz = 1_000;

    public static TheoryData<AudioCodecs, bool> Combinations => new()
    {
        { AudioCodecs.Pcmu, false }, { AudioCodecs.Pcma, false }, { AudioCodecs.Opus, false },
        { AudioCodecs.Pcmu, true }, { AudioCodecs.Opus, true },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Sound_goes_both_ways(AudioCodecs codec, bool onlyCounterMode)
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = codec, OnlyCounterMode = onlyCounterMode });
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        AudioFormat format = answer.Leg.Format;
        RecordingAudio audio = new(format, Tone.Make(AgentHz, format.SampleRateHz, format.SampleRateHz));
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Leg.Connected += connected.SetResult;
        answer.Leg.Start(audio);

        await MediaFixture.ConnectAsync(caller, answer);
        await connected.Task.WaitAsync(MediaFixture.Patience);
        using CallerVoice voice = new(caller);
        await voice.SayAsync(Tone.Make(CallerHz, 24_000, 24_000), null, CancellationToken.None);

        await audio.SpeechFramesAsync(45).WaitAsync(MediaFixture.Patience);
        // A busy test machine sends late; what is made up in between smears the windows beside it.
        Tone.WindowShare(audio.Said, CallerHz, format.SampleRateHz).ShouldBeGreaterThan(0.6);
        Tone.WindowShare(voice.Heard, AgentHz, 24_000).ShouldBeGreaterThan(0.6);
        LegStats stats = answer.Leg.GetStats();
        stats.PacketsReceived.ShouldBeGreaterThan(45);
        stats.PacketsDiscarded.ShouldBe(0);
        stats.SrtpProfile.ShouldBe(onlyCounterMode ? "SRTP_AES128_CM_SHA1_80" : "SRTP_AEAD_AES_128_GCM");
        stats.ConnectMs.ShouldNotBeNull().ShouldBeLessThan(2_000);
    }

    [Fact]
    public async Task G711_reaches_the_bridge_bit_for_bit()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        RecordingAudio audio = new(answer.Leg.Format, []);
        answer.Leg.Start(audio);
        await MediaFixture.ConnectAsync(caller, answer);
        using CallerVoice voice = new(caller);
        short[] said = Tone.Make(CallerHz, 24_000, 24_000 / 2);
        await voice.SayAsync(said, null, CancellationToken.None);
        await audio.SpeechFramesAsync(20).WaitAsync(MediaFixture.Patience);

        short[] narrow = new short[said.Length / 3];
        new Downsampler24kTo8k().Process(said, narrow);
        short[] expected = RecordingAudio.Decode(AudioFormat.Pcmu8k, RecordingAudio.Encode(AudioFormat.Pcmu8k, narrow));
        audio.Said.AsSpan(0, 160 * 20).SequenceEqual(expected.AsSpan(0, 160 * 20)).ShouldBeTrue("the codes must arrive in order and unchanged");
    }

    [Theory]
    [InlineData(AudioCodecs.Pcmu)]
    [InlineData(AudioCodecs.Opus)]
    public async Task Each_key_is_reported_once(AudioCodecs codec)
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = codec });
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        List<char> keys = [];
        TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Leg.DtmfReceived += key =>
        {
            keys.Add(key);
            if (key == '#')
            {
                complete.SetResult();
            }
        };
        answer.Leg.Start(new RecordingAudio(answer.Leg.Format, []));
        await MediaFixture.ConnectAsync(caller, answer);

        foreach (char key in "0459*A#")
        {
            caller.PressKey(key);
        }

        await complete.Task.WaitAsync(MediaFixture.Patience);
        new string([.. keys]).ShouldBe("0459*A#");
    }

    [Theory]
    [InlineData(AudioCodecs.Pcmu)]
    [InlineData(AudioCodecs.Opus)]
    public async Task Lost_packets_are_made_up_and_the_row_of_frames_has_no_gap(AudioCodecs codec)
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions { Codecs = codec });
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        RecordingAudio audio = new(answer.Leg.Format, []);
        answer.Leg.Start(audio);
        await MediaFixture.ConnectAsync(caller, answer);
        using CallerVoice voice = new(caller);

        await voice.SayAsync(Tone.Make(CallerHz, 24_000, 48_000), frame => frame % 10 == 5, CancellationToken.None);
        await audio.SpeechFramesAsync(88).WaitAsync(MediaFixture.Patience);

        LegStats stats = answer.Leg.GetStats();
        stats.PacketsLost.ShouldBeInRange(9, 10);
        (stats.FramesConcealed + stats.FramesRecovered).ShouldBeGreaterThanOrEqualTo(9);
        IReadOnlyList<CallerFrame> frames = audio.Frames;
        frames.Select(f => f.FrameIndex).ShouldBe(Enumerable.Range(0, frames.Count).Select(i => (long)i));
        Tone.WindowShare(audio.Said, CallerHz, answer.Leg.Format.SampleRateHz).ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public async Task Playout_stops_with_the_frame_after_the_last_one_supplied()
    {
        await using MediaFixture media = await MediaFixture.StartAsync();
        await using SyntheticCaller caller = new(new SyntheticCallerOptions());
        WebRtcAnswer.Accepted answer = await media.AnswerAsync(caller);
        CountedPlayout audio = new(25);
        answer.Leg.Start(audio);
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int loud = 0;
        int silentAfterwards = 0;
        caller.PayloadReceived += (payload, _, _) =>
        {
            bool isLoud = payload.IndexOfAnyExcept(G711.MuLawSilence) >= 0;
            loud += isLoud ? 1 : 0;
            if (!isLoud && loud > 0 && ++silentAfterwards == 25)
            {
                enough.SetResult();
            }
        };
        await MediaFixture.ConnectAsync(caller, answer);
        audio.Begin();
        await enough.Task.WaitAsync(MediaFixture.Patience);

        loud.ShouldBe(25);
        answer.Leg.GetStats().FramesPlayed.ShouldBe(25);
    }

    private sealed class CountedPlayout(int frames) : ILegAudio
    {
        private int _left = frames;
        private volatile bool _hasBegun;

        public void Begin() => _hasBegun = true;

        public void OnCallerFrame(ReadOnlySpan<byte> frame, in CallerFrame info)
        {
        }

        public bool TryReadPlayout(Span<byte> frame)
        {
            frame.Fill(0x20);
            return _hasBegun && _left-- > 0;
        }
    }
}
