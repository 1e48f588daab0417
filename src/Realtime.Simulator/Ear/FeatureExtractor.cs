namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>
/// Turns 8 kHz samples into mel cepstra. Training, references and callers all go through here, so any change here
/// must change <c>EarModelFile.CodeVersion</c> too.
/// </summary>
internal static class FeatureExtractor
{
    public const int SampleRateHz = 8_000;
    private const int FrameSamples = 200;
    private const int StepSamples = 80;
    private const int MelBands = 24;
    private const int Cepstra = 13;
    private const double LowestHz = 120;
    private const double HighestHz = 3_700;
    private const float PreEmphasis = 0.97f;
    private const double Lifter = 22;
    private const double FloorDb = -45;
    private const int DifferenceReach = 2;

    /// <summary>Frames that the mean over all voices counts for against an utterance's own; a short "no" has too few to have a mean.</summary>
    private const float PriorFrames = 100;

    private static readonly float[] Window = [.. Enumerable.Range(0, FrameSamples).Select(i => (float)(0.54 - (0.46 * Math.Cos(2 * Math.PI * i / (FrameSamples - 1)))))];
    private static readonly (int First, float[] Weights)[] Bands = BuildBands();
    private static readonly float[][] Cosines = BuildCosines();

    /// <summary>The frames of an utterance; <paramref name="mean"/> holds the 13 mean cepstra over all voices, or nothing while it is not known yet.</summary>
    public static FeatureFrames Extract(ReadOnlySpan<short> samples, ReadOnlySpan<float> mean)
    {
        var count = Math.Max(0, ((samples.Length - FrameSamples) / StepSamples) + 1);
        var frames = new FeatureFrames(count);
        if (count == 0)
        {
            return frames;
        }

        var powers = new float[count * MelBands];
        var energies = new float[count];
        FillPowers(samples, powers, energies);
        FillCepstra(frames, powers, energies);
        Normalise(frames, mean);
        FillDifferences(frames, 0, Cepstra);
        FillDifferences(frames, Cepstra, 2 * Cepstra);
        return frames;
    }

    /// <summary>Sums of the cepstra before any mean is taken off, for the mean over all voices.</summary>
    public static void AddRawCepstra(ReadOnlySpan<short> samples, Span<double> sums, ref long count)
    {
        var frames = Math.Max(0, ((samples.Length - FrameSamples) / StepSamples) + 1);
        var raw = new FeatureFrames(frames);
        var powers = new float[frames * MelBands];
        var energies = new float[frames];
        FillPowers(samples, powers, energies);
        FillCepstra(raw, powers, energies);
        for (var t = 0; t < frames; t++)
        {
            for (var d = 0; d < Cepstra; d++)
            {
                sums[d] += raw[t][d];
            }
        }

        count += frames;
    }

    private static void FillPowers(ReadOnlySpan<short> samples, float[] powers, float[] energies)
    {
        Span<float> real = stackalloc float[FourierTransform.Size];
        Span<float> scratch = stackalloc float[FourierTransform.Size];
        for (var t = 0; t < energies.Length; t++)
        {
            var start = t * StepSamples;
            real.Clear();
            for (var i = 0; i < FrameSamples; i++)
            {
                var previous = start + i == 0 ? 0 : samples[start + i - 1];
                real[i] = (samples[start + i] - (PreEmphasis * previous)) * Window[i];
            }

            FourierTransform.Power(real, scratch);
            for (var band = 0; band < MelBands; band++)
            {
                var (first, weights) = Bands[band];
                var sum = 0f;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += real[first + k] * weights[k];
                }

                powers[(t * MelBands) + band] = sum;
                energies[t] += sum;
            }
        }
    }

    private static void FillCepstra(FeatureFrames frames, float[] powers, float[] energies)
    {
        var sorted = energies.ToArray();
        Array.Sort(sorted);
        var loud = sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * 0.97)];
        // Digital silence must never reach the logarithm: everything lies on a floor below the loud frames.
        var floor = (float)(Math.Max(loud, 1e3f) * Math.Pow(10, FloorDb / 10)) / MelBands;
        Span<float> logs = stackalloc float[MelBands];
        for (var t = 0; t < frames.Count; t++)
        {
            for (var band = 0; band < MelBands; band++)
            {
                logs[band] = MathF.Log(powers[(t * MelBands) + band] + floor);
            }

            var frame = frames[t];
            for (var d = 0; d < Cepstra; d++)
            {
                var sum = 0f;
                for (var band = 0; band < MelBands; band++)
                {
                    sum += logs[band] * Cosines[d][band];
                }

                frame[d] = sum;
            }

            frames.Loudness[t] = MathF.Log((energies[t] + (floor * MelBands)) / Math.Max(loud, 1e3f));
        }
    }

    private static void Normalise(FeatureFrames frames, ReadOnlySpan<float> mean)
    {
        var highest = float.MinValue;
        Span<float> sums = stackalloc float[Cepstra];
        sums.Clear();
        for (var t = 0; t < frames.Count; t++)
        {
            highest = Math.Max(highest, frames[t][0]);
            for (var d = 1; d < Cepstra; d++)
            {
                sums[d] += frames[t][d];
            }
        }

        for (var d = 1; d < Cepstra; d++)
        {
            sums[d] = mean.IsEmpty ? sums[d] / frames.Count : (sums[d] + (PriorFrames * mean[d])) / (frames.Count + PriorFrames);
        }

        sums[0] = highest;
        for (var t = 0; t < frames.Count; t++)
        {
            for (var d = 0; d < Cepstra; d++)
            {
                frames[t][d] -= sums[d];
            }
        }
    }

    private static void FillDifferences(FeatureFrames frames, int source, int target)
    {
        const float scale = 1f / 10;
        for (var t = 0; t < frames.Count; t++)
        {
            for (var d = 0; d < Cepstra; d++)
            {
                var sum = 0f;
                for (var reach = 1; reach <= DifferenceReach; reach++)
                {
                    sum += reach * (frames[Math.Min(t + reach, frames.Count - 1)][source + d] - frames[Math.Max(t - reach, 0)][source + d]);
                }

                frames[t][target + d] = sum * scale;
            }
        }
    }

    private static (int First, float[] Weights)[] BuildBands()
    {
        static double Mel(double hz) => 2595 * Math.Log10(1 + (hz / 700));
        static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
        var edges = Enumerable.Range(0, MelBands + 2)
            .Select(i => Hertz(Mel(LowestHz) + ((Mel(HighestHz) - Mel(LowestHz)) * i / (MelBands + 1))) * FourierTransform.Size / SampleRateHz).ToArray();
        var bands = new (int, float[])[MelBands];
        for (var band = 0; band < MelBands; band++)
        {
            var (low, centre, high) = (edges[band], edges[band + 1], edges[band + 2]);
            var first = (int)Math.Ceiling(low);
            var last = Math.Max(first, (int)Math.Floor(high));
            var weights = new float[last - first + 1];
            for (var k = 0; k < weights.Length; k++)
            {
                var bin = first + k;
                weights[k] = (float)Math.Max(0.01, bin <= centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre));
            }

            bands[band] = (first, weights);
        }

        return bands;
    }

    private static float[][] BuildCosines() =>
        [.. Enumerable.Range(0, Cepstra).Select(d => Enumerable.Range(0, MelBands)
            .Select(band => (float)((1 + (Lifter / 2 * Math.Sin(Math.PI * d / Lifter))) * Math.Sqrt(2.0 / MelBands) * Math.Cos(Math.PI * d * (band + 0.5) / MelBands))).ToArray())];
}
