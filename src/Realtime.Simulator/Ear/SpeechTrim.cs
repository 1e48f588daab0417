namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Cuts the silence around an utterance, leaving enough that a final "s" or "t" is not lost.</summary>
internal static class SpeechTrim
{
    private const int StepSamples = 80;
    private const int PaddingSamples = FeatureExtractor.SampleRateHz * 150 / 1000;
    private const int ShortestRunFrames = 4;

    /// <summary>The speech within 8 kHz samples; empty when there is none.</summary>
    public static ReadOnlySpan<short> Cut(ReadOnlySpan<short> samples)
    {
        var levels = LevelsDb(samples);
        if (levels.Length < ShortestRunFrames)
        {
            return [];
        }

        var sorted = levels.ToArray();
        Array.Sort(sorted);
        var peak = sorted[(int)((sorted.Length - 1) * 0.99)];
        var noise = sorted[(int)((sorted.Length - 1) * 0.08)];
        var threshold = Math.Max(peak - 38, Math.Min(noise + 6, peak - 10));
        var first = FindRun(levels, threshold, 0, 1);
        var last = FindRun(levels, threshold, levels.Length - 1, -1);
        if (first < 0 || last <= first || peak < 20)
        {
            return [];
        }

        var start = Math.Max(0, (first * StepSamples) - PaddingSamples);
        var end = Math.Min(samples.Length, ((last + 1) * StepSamples) + PaddingSamples);
        return samples[start..end];
    }

    /// <summary>Signal to noise ratio: loud frames against the quietest of the padding.</summary>
    public static float SnrDb(ReadOnlySpan<short> samples)
    {
        var levels = LevelsDb(samples);
        if (levels.Length == 0)
        {
            return 0;
        }

        Array.Sort(levels);
        return levels[(int)((levels.Length - 1) * 0.9)] - levels[(int)((levels.Length - 1) * 0.06)];
    }

    private static float[] LevelsDb(ReadOnlySpan<short> samples)
    {
        var levels = new float[samples.Length / StepSamples];
        for (var t = 0; t < levels.Length; t++)
        {
            var sum = 0.0;
            foreach (var sample in samples.Slice(t * StepSamples, StepSamples))
            {
                sum += (double)sample * sample;
            }

            levels[t] = (float)(10 * Math.Log10((sum / StepSamples) + 1));
        }

        return levels;
    }

    private static int FindRun(float[] levels, float threshold, int from, int step)
    {
        var run = 0;
        for (var t = from; t >= 0 && t < levels.Length; t += step)
        {
            run = levels[t] > threshold ? run + 1 : 0;
            if (run == ShortestRunFrames)
            {
                return t - ((ShortestRunFrames - 1) * step);
            }
        }

        return -1;
    }
}
