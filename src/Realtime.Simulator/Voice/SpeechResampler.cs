using System.Collections.Concurrent;

namespace VoiceOrdering.Realtime.Simulator.Voice;

/// <summary>Converts whole recordings between sample rates with a windowed sinc; the band edge follows the lower rate.</summary>
internal static class SpeechResampler
{
    private const int ZeroCrossings = 16;
    private const double Passband = 0.92;
    private static readonly ConcurrentDictionary<(int From, int To), Filter> Filters = new();

    public static short[] Convert(ReadOnlySpan<short> samples, int fromHz, int toHz)
    {
        if (fromHz == toHz)
        {
            return samples.ToArray();
        }

        var filter = Filters.GetOrAdd((fromHz, toHz), key => new Filter(key.From, key.To));
        var output = new short[(int)((long)samples.Length * toHz / fromHz)];
        for (var i = 0; i < output.Length; i++)
        {
            var position = (long)i * filter.Down;
            var taps = filter.Phases[position % filter.Up];
            var first = (int)(position / filter.Up) - (taps.Length / 2) + 1;
            var sum = 0f;
            var from = Math.Max(0, -first);
            var end = Math.Min(taps.Length, samples.Length - first);
            for (var k = from; k < end; k++)
            {
                sum += taps[k] * samples[first + k];
            }

            output[i] = (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
        }

        return output;
    }

    private sealed class Filter
    {
        public Filter(int fromHz, int toHz)
        {
            var divisor = Gcd(fromHz, toHz);
            (Up, Down) = (toHz / divisor, fromHz / divisor);
            var cutoff = Passband * Math.Min(1.0, (double)toHz / fromHz);
            var reach = (int)Math.Ceiling(ZeroCrossings / cutoff);
            Phases = new float[Up][];
            for (var phase = 0; phase < Up; phase++)
            {
                var taps = new double[2 * reach];
                for (var k = 0; k < taps.Length; k++)
                {
                    var x = k - reach + 1 - ((double)phase / Up);
                    var window = 0.5 + (0.5 * Math.Cos(Math.PI * x / (reach + 1)));
                    taps[k] = Math.Abs(x) < 1e-9 ? cutoff : Math.Sin(Math.PI * x * cutoff) / (Math.PI * x) * window;
                }

                var gain = taps.Sum();
                Phases[phase] = [.. taps.Select(tap => (float)(tap / gain))];
            }
        }

        public int Up { get; }

        public int Down { get; }

        public float[][] Phases { get; }

        private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
    }
}
