using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansEmbedded.Hosting;

/// <summary>Counts calls and their time from sending to answer, over all silos of the process, while somebody listens to any of their meters.</summary>
internal static class CallStatistics
{
    private static readonly Lock Gate = new();
    private static Instrument[] counters = [];
    private static long count;
    private static long ticks;

    /// <summary>Whether somebody listens; calls are not timed otherwise.</summary>
    public static bool IsWanted
    {
        get
        {
            foreach (var counter in counters)
            {
                if (counter.Enabled)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static long Now => IsWanted ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Shows the counts on a meter until <see cref="Detach"/>.</summary>
    public static Instrument Attach(Meter meter)
    {
        var counter = meter.CreateObservableCounter("orleans-app-requests-latency-count", () => Volatile.Read(ref count));
        meter.CreateObservableCounter("orleans-app-requests-latency-sum", () => Volatile.Read(ref ticks) * 1000 / Stopwatch.Frequency, "ms");
        lock (Gate)
        {
            counters = [.. counters, counter];
        }

        return counter;
    }

    public static void Detach(Instrument counter)
    {
        lock (Gate)
        {
            counters = [.. counters.Where(known => !ReferenceEquals(known, counter))];
        }
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
