namespace VoiceOrdering.TestKit.Media;

/// <summary>Makes and finds tones: the proof that sound, not only packets, went through.</summary>
public static class Tone
{
    /// <summary>A sine of the given frequency.</summary>
    /// <param name="frequencyHz">Below half the sample rate.</param>
    /// <param name="sampleRateHz">Samples a second.</param>
    /// <param name="count">Samples to make.</param>
    /// <param name="amplitude">Peak, at most 32767.</param>
    public static short[] Make(double frequencyHz, int sampleRateHz, int count, double amplitude = 8_000)
    {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++)
        {
            samples[i] = (short)(amplitude * Math.Sin(2 * Math.PI * frequencyHz * i / sampleRateHz));
        }

        return samples;
    }

    /// <summary>Part of the signal's energy that is at this frequency, 0 to 1 (Goertzel); a pure tone gives nearly 1, silence 0.</summary>
    public static double Share(ReadOnlySpan<short> samples, double frequencyHz, int sampleRateHz)
    {
        double coefficient = 2 * Math.Cos(2 * Math.PI * frequencyHz / sampleRateHz);
        double s1 = 0;
        double s2 = 0;
        double energy = 0;
        foreach (short sample in samples)
        {
            double s = sample + (coefficient * s1) - s2;
            s2 = s1;
            s1 = s;
            energy += (double)sample * sample;
        }

        double power = (s1 * s1) + (s2 * s2) - (coefficient * s1 * s2);
        return energy == 0 ? 0 : power / (energy * samples.Length / 2);
    }

    /// <summary>
    /// How many of the signal's 40 ms windows that are not silent are mostly this tone, 0 to 1. Unlike <see cref="Share"/> it does not mind
    /// jumps of phase where a late packet was made up, which a busy test machine causes.
    /// </summary>
    public static double WindowShare(ReadOnlySpan<short> samples, double frequencyHz, int sampleRateHz)
    {
        int window = sampleRateHz / 25;
        int loud = 0;
        int found = 0;
        for (int start = 0; start + window <= samples.Length; start += window)
        {
            ReadOnlySpan<short> part = samples.Slice(start, window);
            if (part.IndexOfAnyExceptInRange((short)-300, (short)300) >= 0)
            {
                loud++;
                found += Share(part, frequencyHz, sampleRateHz) > 0.7 ? 1 : 0;
            }
        }

        return loud == 0 ? 0 : (double)found / loud;
    }
}
