namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>Which database, and the limits around it that every database has.</summary>
public abstract record StorageSettings
{
    /// <summary>Units of work waiting for the writer, 1–1,000,000; over it <c>STORAGE_OVERLOADED</c>.</summary>
    public int WriteQueueLimit { get; init; } = 16_384;
    /// <summary>Units of work in one transaction, 1–4,096.</summary>
    public int GroupLimit { get; init; } = 512;
    /// <summary>Reading connections, 1–64.</summary>
    public int Readers { get; init; } = 4;
    /// <summary>Reads waiting for a connection, 1–1,000,000; over it <c>STORAGE_OVERLOADED</c>.</summary>
    public int ReadQueueLimit { get; init; } = 16_384;

    /// <summary>What people call the database in messages: never with a password.</summary>
    public abstract string DisplayName { get; }

    /// <summary>One sentence for each value out of range; empty when all is well.</summary>
    public IEnumerable<string> Faults() => OwnFaults().Concat(
        Ranges().Where(range => range.Value < range.Low || range.Value > range.High)
            .Select(range => $"Storage setting {range.Name} is {range.Value}; it must be between {range.Low} and {range.High}."));

    /// <summary>The settings only this database has, with their ranges.</summary>
    private protected abstract IEnumerable<(string Name, int Value, int Low, int High)> OwnRanges();

    /// <summary>What is wrong beside the ranges.</summary>
    private protected abstract IEnumerable<string> OwnFaults();

    private IEnumerable<(string Name, int Value, int Low, int High)> Ranges() => OwnRanges().Concat(
    [
        (nameof(WriteQueueLimit), WriteQueueLimit, 1, 1_000_000), (nameof(GroupLimit), GroupLimit, 1, 4_096), (nameof(Readers), Readers, 1, 64),
        (nameof(ReadQueueLimit), ReadQueueLimit, 1, 1_000_000),
    ]);
}
