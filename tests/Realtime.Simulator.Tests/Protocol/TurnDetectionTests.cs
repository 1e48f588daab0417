using VoiceOrdering.Realtime.Simulator.Protocol;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>When a turn starts and ends.</summary>
public sealed class TurnDetectionTests
{
    private const int FrameSamples = 160;

    [Fact]
    public void Speech_starts_after_three_frames_and_stops_after_the_silence()
    {
        var vad = new EnergyVad(new TurnDetection.ServerVad { SilenceDurationMs = 200 });
        var changes = Run(vad, Level(-60, 20), Level(-20, 20), Level(-60, 20));

        changes.ShouldBe([(22, VadChange.Started), (49, VadChange.Stopped)]);
    }

    [Fact]
    public void A_click_is_no_speech_and_a_short_pause_is_no_end()
    {
        var vad = new EnergyVad(new TurnDetection.ServerVad { SilenceDurationMs = 500 });

        Run(vad, Level(-60, 20), Level(-10, 2), Level(-60, 20)).ShouldBeEmpty();
        Run(vad, Level(-20, 10), Level(-60, 24), Level(-20, 10)).ShouldBe([(2, VadChange.Started)]);
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.5, true)]
    [InlineData(0.9, false)]
    public void The_threshold_decides_how_loud_speech_must_be(double threshold, bool starts)
    {
        var vad = new EnergyVad(new TurnDetection.ServerVad { Threshold = threshold });

        (Run(vad, Level(-35, 10)).Count > 0).ShouldBe(starts);
    }

    [Fact]
    public void Steady_noise_raises_the_floor_until_it_is_no_speech()
    {
        var vad = new EnergyVad(new TurnDetection.ServerVad());
        Run(vad, Level(-44, 150)).ShouldBeEmpty();

        // 9 dB above the floor is needed now: what would have been loud enough in silence is not.
        Run(vad, Level(-38, 10)).ShouldBeEmpty();
        Run(vad, Level(-25, 10)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Semantic_detection_waits_longer_when_less_eager()
    {
        var pauses = new[] { "high", "medium", "low" }
            .Select(eagerness => new EnergyVad(new TurnDetection.SemanticVad { Eagerness = eagerness }).SilenceDurationMs);

        pauses.ShouldBe([400, 700, 1200]);
    }

    [Fact]
    public void A_turn_holds_its_padding_and_its_silence_and_nothing_of_the_last_turn()
    {
        var input = new InputAudio(TimeProvider.System, 60);
        input.Configure(RealtimeAudioFormat.Pcmu, new TurnDetection.ServerVad { SilenceDurationMs = 200 });
        foreach (var expectedStartMs in new[] { 700, 2100 })
        {
            input.Append(EventOrderTests.Quiet(1000));
            input.Detect().ShouldBe(VadChange.None);
            input.Append(EventOrderTests.Tone(200));
            input.Detect().ShouldBe(VadChange.Started);
            input.TurnStartMs.ShouldBe(expectedStartMs);
            input.Append(EventOrderTests.Quiet(200));
            input.Detect().ShouldBe(VadChange.Stopped);

            input.TakeTurn("item").DurationMs.ShouldBe(300 + 200 + 200);
        }
    }

    [Fact]
    public void Audio_over_the_limit_forgets_the_oldest()
    {
        var input = new InputAudio(TimeProvider.System, 1);
        input.Configure(RealtimeAudioFormat.Pcmu, new TurnDetection.Manual());
        for (var i = 0; i < 30; i++)
        {
            input.Append(EventOrderTests.Tone(100));
        }

        input.TakeAll("item").DurationMs.ShouldBe(1000);
        input.TotalMs.ShouldBe(3000);
    }

    [Fact]
    public void Holes_of_digital_silence_inside_speech_are_measured()
    {
        var samples = Level(-20, 30).SelectMany(frame => frame).ToArray();
        samples.AsSpan(1600, 320).Clear();

        var hole = IntegrityCheck.Measure(samples, 8000, 0);

        hole.LongestZeroRunMs.ShouldBe(40);
        hole.ZeroMs.ShouldBe(40);
        IntegrityCheck.Measure(Level(-20, 30).SelectMany(frame => frame).ToArray(), 8000, 0).ZeroMs.ShouldBe(0);
    }

    private static List<(int Frame, VadChange Change)> Run(EnergyVad vad, params IEnumerable<short[]>[] parts) =>
        [.. parts.SelectMany(part => part).Select((frame, index) => (index, vad.Process(frame))).Where(step => step.Item2 != VadChange.None)];

    private static IEnumerable<short[]> Level(double db, int frames)
    {
        var amplitude = 32_768 * Math.Pow(10, db / 20) * Math.Sqrt(2);
        return Enumerable.Range(0, frames).Select(frame => Enumerable.Range(0, FrameSamples)
            .Select(i => (short)Math.Clamp(amplitude * Math.Sin((frame * FrameSamples + i) * 0.37), short.MinValue, short.MaxValue)).ToArray());
    }
}
