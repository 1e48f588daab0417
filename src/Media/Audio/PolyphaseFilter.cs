using System.Numerics;
using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Audio;

/// <summary>The low-pass shared by both resamplers: windowed sinc at 24 kHz, pass band to 3.4 kHz, about 70 dB beyond 4.4 kHz.</summary>
internal static class PolyphaseFilter
{
    public const int Ratio = 3;
    public const int TapsPerPhase = 32;
    public const int Taps = Ratio * TapsPerPhase;

    private const double CutoffHz = 3_850;
    private const double KaiserBeta = 7.0;

    /// <summary>Taps with unit gain at 0 Hz.</summary>
    public static float[] Design()
    {
        double[] taps = new double[Taps];
        double centre = (Taps - 1) / 2.0;
        double sum = 0;
        for (int i = 0; i < Taps; i++)
        {
            double x = i - centre;
            double angle = 2 * Math.PI * CutoffHz / 24_000 * x;
            double sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(angle) / angle;
            double position = x / centre;
            taps[i] = sinc * Bessel(KaiserBeta * Math.Sqrt(Math.Max(0, 1 - (position * position))));
            sum += taps[i];
        }

        return Array.ConvertAll(taps, t => (float)(t / sum));
    }

    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a);
        ReadOnlySpan<Vector<float>> vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < va.Length && i < vb.Length; i++)
        {
            sum += va[i] * vb[i];
        }

        float total = Vector.Sum(sum);
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }

    public static short ToSample(float value) =>
        (short)Math.Clamp(MathF.Round(value), short.MinValue, short.MaxValue);

    private static double Bessel(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
