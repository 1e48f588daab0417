using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansEmbedded.Hosting;

/// <summary>Counts the calls of one engine and their time from sending to answer, while somebody listens; calls are not timed otherwise.</summary>
internal sealed class CallStatistics
{
    private readonly Instrument _counter;
    private long _count;
    private long _ticks;

    public CallStatistics(Meter meter)
    {
        _counter = meter.CreateObservableCounter("orleans-app-requests-latency-count", () => Volatile.Read(ref _count));
        meter.CreateObservableCounter("orleans-app-requests-latency-sum", () => Volatile.Read(ref _ticks) * 1000 / Stopwatch.Frequency, "ms");
    }

    /// <summary>The time to give to <see cref="Answered"/>; 0 when nobody listens.</summary>
    public long Now => _counter.Enabled ? Stopwatch.GetTimestamp() : 0;

    public void Answered(long sentAt)
    {
        if (sentAt != 0)
        {
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - sentAt);
        }
    }
}
