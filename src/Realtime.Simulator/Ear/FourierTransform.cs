namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Power spectrum of 256 real samples.</summary>
internal static class FourierTransform
{
    public const int Size = 256;
    private static readonly float[] Cosines = Table(Math.Cos);
    private static readonly float[] Sines = Table(Math.Sin);

    /// <summary>Replaces <paramref name="samples"/> by its power in bins 0..128; both spans hold <see cref="Size"/> floats.</summary>
    public static void Power(Span<float> samples, Span<float> scratch)
    {
        scratch.Clear();
        Reorder(samples);
        for (var half = 1; half < Size; half *= 2)
        {
            var stride = Size / (2 * half);
            for (var start = 0; start < Size; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (c, s) = (Cosines[k * stride], -Sines[k * stride]);
                    var (low, high) = (start + k, start + k + half);
                    var real = (samples[high] * c) - (scratch[high] * s);
                    var imaginary = (samples[high] * s) + (scratch[high] * c);
                    (samples[high], scratch[high]) = (samples[low] - real, scratch[low] - imaginary);
                    (samples[low], scratch[low]) = (samples[low] + real, scratch[low] + imaginary);
                }
            }
        }

        for (var i = 0; i <= Size / 2; i++)
        {
            samples[i] = (samples[i] * samples[i]) + (scratch[i] * scratch[i]);
        }
    }

    private static void Reorder(Span<float> samples)
    {
        var reversed = 0;
        for (var i = 1; i < Size; i++)
        {
            var bit = Size >> 1;
            for (; (reversed & bit) != 0; bit >>= 1)
            {
                reversed ^= bit;
            }

            reversed ^= bit;
            if (i < reversed)
            {
                (samples[i], samples[reversed]) = (samples[reversed], samples[i]);
            }
        }
    }

    private static float[] Table(Func<double, double> function) =>
        [.. Enumerable.Range(0, Size / 2).Select(k => (float)function(2 * Math.PI * k / Size))];
}
