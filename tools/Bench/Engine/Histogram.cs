using System.Numerics;

namespace VoiceOrdering.Bench.Engine;

/// <summary>Durations in buckets of about 6 %.</summary>
internal sealed class Histogram
{
    private const int Steps = 16;
    private readonly long[] _counts = new long[64 * Steps];

    public long Calls { get; set; }

    public void Add(long ticks)
    {
        var value = (ulong)Math.Max(ticks, 1);
        var power = 63 - BitOperations.LeadingZeroCount(value);
        var step = power < 4 ? 0 : (int)((value >> (power - 4)) & 15);
        _counts[(power * Steps) + step]++;
    }

    public static double Quantile(IReadOnlyCollection<Histogram> parts, double quantile)
    {
        var left = (long)(parts.Sum(part => part._counts.Sum()) * quantile);
        for (var at = 0; at < 64 * Steps; at++)
        {
            left -= parts.Sum(part => part._counts[at]);
            if (left < 0)
            {
                var power = at / Steps;
                return Math.Pow(2, power) * (1 + ((at % Steps) + 0.5) / Steps);
            }
        }

        return 0;
    }
}
