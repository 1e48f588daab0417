using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Looks for audio that was damaged on its way: stretches of one constant value inside speech.</summary>
internal static class IntegrityCheck
{
    private const int FrameMs = 20;
    private const int SmallestRunMs = 5;
    private const double LoudDb = -45;

    public static AudioIntegrity Measure(ReadOnlySpan<short> samples, int sampleRateHz, int arrivalLagMs)
    {
        var (from, to) = SpeechBounds(samples, sampleRateHz / 1000 * FrameMs);
        var smallest = sampleRateHz / 1000 * SmallestRunMs;
        var longest = 0;
        var total = 0;
        var run = 1;
        for (var i = from + 1; i <= to; i++)
        {
            if (i < to && samples[i] == samples[i - 1])
            {
                run++;
                continue;
            }

            if (run >= smallest)
            {
                longest = Math.Max(longest, run);
                total += run;
            }

            run = 1;
        }

        return new AudioIntegrity(longest * 1000 / sampleRateHz, total * 1000 / sampleRateHz, arrivalLagMs);
    }

    private static (int From, int To) SpeechBounds(ReadOnlySpan<short> samples, int frame)
    {
        var first = -1;
        var end = 0;
        for (var at = 0; at + frame <= samples.Length; at += frame)
        {
            if (EnergyVad.LevelDb(samples.Slice(at, frame)) > LoudDb)
            {
                first = first < 0 ? at : first;
                end = at + frame;
            }
        }

        return first < 0 ? (0, 0) : (first, end);
    }
}
