using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>The SQLite file and the limits around it.</summary>
public sealed record SqliteSettings : StorageSettings
{
    /// <summary>Path of the database file; its folder is created. Beside it live <c>-wal</c> and <c>-shm</c> files.</summary>
    public required string Path { get; init; }
    /// <summary>How long a statement waits for another process's lock, milliseconds, 0–60,000.</summary>
    public int BusyTimeoutMs { get; init; } = 5_000;
    /// <summary>Page cache of one connection, KiB, 256–1,048,576.</summary>
    public int CacheKib { get; init; } = 8_192;
    /// <summary>Pages in the write-ahead log that start a checkpoint, 100–1,000,000.</summary>
    public int CheckpointPages { get; init; } = 4_000;

    /// <inheritdoc/>
    public override string DisplayName => Path;

    private protected override IEnumerable<string> OwnFaults()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return "Storage path is empty; name the database file.";
        }
    }

    private protected override IEnumerable<(string Name, int Value, int Low, int High)> OwnRanges() =>
    [
        (nameof(BusyTimeoutMs), BusyTimeoutMs, 0, 60_000), (nameof(CacheKib), CacheKib, 256, 1_048_576), (nameof(CheckpointPages), CheckpointPages, 100, 1_000_000),
    ];
}
