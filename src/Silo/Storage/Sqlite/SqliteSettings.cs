namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>The SQLite file and the limits around it.</summary>
public sealed record SqliteSettings
{
    /// <summary>Path of the database file; its folder is created. Beside it live <c>-wal</c> and <c>-shm</c> files.</summary>
    public required string Path { get; init; }
    /// <summary>How long a statement waits for another process's lock, milliseconds, 0–60,000.</summary>
    public int BusyTimeoutMs { get; init; } = 5_000;
    /// <summary>Units of work waiting for the writer, 1–1,000,000; over it <c>STORAGE_OVERLOADED</c>.</summary>
    public int WriteQueueLimit { get; init; } = 16_384;
    /// <summary>Units of work in one transaction, 1–4,096.</summary>
    public int GroupLimit { get; init; } = 512;
    /// <summary>Reading connections, 1–64.</summary>
    public int Readers { get; init; } = 4;
    /// <summary>Reads waiting for a connection, 1–1,000,000; over it <c>STORAGE_OVERLOADED</c>.</summary>
    public int ReadQueueLimit { get; init; } = 16_384;
    /// <summary>Page cache of one connection, KiB, 256–1,048,576.</summary>
    public int CacheKib { get; init; } = 8_192;
    /// <summary>Pages in the write-ahead log that start a checkpoint, 100–1,000,000.</summary>
    public int CheckpointPages { get; init; } = 4_000;

    /// <summary>One sentence for each value out of range; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return "Storage path is empty; name the database file.";
        }
        (string Name, int Value, int Low, int High)[] ranges =
        [
            (nameof(BusyTimeoutMs), BusyTimeoutMs, 0, 60_000), (nameof(WriteQueueLimit), WriteQueueLimit, 1, 1_000_000),
            (nameof(GroupLimit), GroupLimit, 1, 4_096), (nameof(Readers), Readers, 1, 64), (nameof(ReadQueueLimit), ReadQueueLimit, 1, 1_000_000),
            (nameof(CacheKib), CacheKib, 256, 1_048_576), (nameof(CheckpointPages), CheckpointPages, 100, 1_000_000),
        ];
        foreach (var (name, value, low, high) in ranges)
        {
            if (value < low || value > high)
            {
                yield return $"Storage setting {name} is {value}; it must be between {low} and {high}.";
            }
        }
    }
}
