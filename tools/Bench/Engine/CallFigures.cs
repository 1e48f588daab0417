namespace VoiceOrdering.Bench.Engine;

internal sealed record CallFigures(Histogram[] Parts, TimeSpan Elapsed, long AllocatedBytes, long TicksPerSecond)
{
    public long Calls => Parts.Sum(part => part.Calls);

    public double CallsPerSecond => Calls / Elapsed.TotalSeconds;

    public double BytesPerCall => (double)AllocatedBytes / Calls;

    public double LatencyUs(double quantile) => Histogram.Quantile(Parts, quantile) * 1e6 / TicksPerSecond;
}
