using System.Diagnostics.Metrics;

namespace VoiceOrdering.Silo.Storage;

/// <summary>What the storage layer counts; meter <c>VoiceOrdering.Storage</c>.</summary>
internal static class StorageMeter
{
    private static readonly Meter Source = new("VoiceOrdering.Storage");

    public static readonly Counter<long> Writes = Source.CreateCounter<long>("storage.writes", null, "Units of work that were committed.");
    public static readonly Counter<long> FailedWrites = Source.CreateCounter<long>("storage.write.failures", null, "Units of work that were rolled back.");
    public static readonly Counter<long> Refused = Source.CreateCounter<long>("storage.refused", null, "Calls refused because a queue was full, by queue.");
    public static readonly Counter<long> LostRaces = Source.CreateCounter<long>("storage.etag.conflicts", null, "Grain state writes that lost a race.");
    public static readonly Counter<long> Reconnects = Source.CreateCounter<long>("storage.reconnects", null, "Connections for writing that were lost and opened again.");
    public static readonly UpDownCounter<long> Queued = Source.CreateUpDownCounter<long>("storage.write.queue.length", null, "Units of work waiting for the writer.");
    public static readonly Histogram<double> CommitSeconds = Source.CreateHistogram("storage.commit.duration", "s", "Time of one group commit.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1] });
    public static readonly Histogram<int> GroupSize = Source.CreateHistogram("storage.commit.units", null, "Units of work in one group commit.", null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });

    public static readonly KeyValuePair<string, object?> WriteQueue = new("queue", "write");
    public static readonly KeyValuePair<string, object?> ReadQueue = new("queue", "read");
}
