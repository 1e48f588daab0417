using VoiceOrdering.Media.Audio;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Adds to clean synthetic speech what a line adds, so that training and references sound like callers.</summary>
internal static class SpeechDamage
{
    /// <summary>Silence before and after, as the trimming leaves it around every caller.</summary>
    public static short[] Pad(short[] samples8k)
    {
        const int padding = FeatureExtractor.SampleRateHz * 200 / 1000;
        return [.. new short[padding], .. samples8k, .. new short[padding]];
    }

    /// <summary>White and pink noise at a signal to noise ratio against the loud parts.</summary>
    public static short[] AddNoise(short[] samples, float snrDb, Random random)
    {
        var sum = 0.0;
        var loud = 0;
        foreach (var sample in samples)
        {
            if (Math.Abs((int)sample) > 300)
            {
                sum += (double)sample * sample;
                loud++;
            }
        }

        var level = Math.Sqrt(sum / Math.Max(1, loud)) * Math.Pow(10, -snrDb / 20);
        var noisy = new short[samples.Length];
        var pink = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var white = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
            pink = (0.9 * pink) + (0.436 * white);
            noisy[i] = (short)Math.Clamp(samples[i] + (level * ((0.7 * white) + (0.7 * pink))), short.MinValue, short.MaxValue);
        }

        return noisy;
    }

    public static void PassMuLaw(Span<short> samples)
    {
        foreach (ref var sample in samples)
        {
            sample = G711.DecodeMuLaw(G711.EncodeMuLaw(sample));
        }
    }

    public static void Amplify(Span<short> samples, double factor)
    {
        foreach (ref var sample in samples)
        {
            sample = (short)Math.Clamp(sample * factor, short.MinValue, short.MaxValue);
        }
    }
}
