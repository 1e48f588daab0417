using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansEmbedded.Hosting;

/// <summary>Counts calls and their time from sending to answer, over all silos of the process, while somebody listens.</summary>
internal static class CallStatistics
{
    private static ObservableCounter<long>? countInstrument;
    private static long count;
    private static long ticks;

    /// <summary>Whether somebody listens; calls are not timed otherwise.</summary>
    public static bool IsWanted => countInstrument is { Enabled: true };

    public static long Now => IsWanted ? Stopwatch.GetTimestamp() : 0;

    public static void Attach(Meter meter)
    {
        countInstrument = meter.CreateObservableCounter("orleans-app-requests-latency-count", () => Volatile.Read(ref count));
        meter.CreateObservableCounter("orleans-app-requests-latency-sum", () => Volatile.Read(ref ticks) * 1000 / Stopwatch.Frequency, "ms");
    }

    public static void Answered(long sentAt)
    {
        if (sentAt != 0)
        {
            Interlocked.Increment(ref count);
            Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - sentAt);
        }
    }
}
