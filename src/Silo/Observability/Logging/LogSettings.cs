using Serilog.Events;

namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>Where log lines go and what they may show.</summary>
public sealed record LogSettings
{
    /// <summary>Form of the lines.</summary>
    public LogFormat Format { get; init; } = LogFormat.ByEnvironment;

    /// <summary>Lowest level written.</summary>
    public LogEventLevel Level { get; init; } = LogEventLevel.Information;

    /// <summary>Levels of sources, longest matching prefix wins.</summary>
    public IReadOnlyDictionary<string, LogEventLevel> Overrides { get; init; } = new Dictionary<string, LogEventLevel>
    {
        ["Microsoft"] = LogEventLevel.Warning,
        ["Microsoft.Hosting.Lifetime"] = LogEventLevel.Information,
        ["System.Net.Http"] = LogEventLevel.Warning,
        ["Orleans"] = LogEventLevel.Warning,
        // Warns at the first start that the key ring is not encrypted; docs/architecture/storage.md says so.
        ["Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = LogEventLevel.Error,
    };

    /// <summary>Lines waiting to be written, 100–1,000,000; further ones are dropped and counted, callers never wait.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>A file that gets the same lines, rolling by day and size; null for the console only.</summary>
    public string? File { get; init; }

    /// <summary>Size at which the file rolls, bytes, 1 MiB–1 GiB.</summary>
    public long FileSizeBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Rolled files kept, 1–1,000.</summary>
    public int FilesKept { get; init; } = 14;

    /// <summary>Whether personal data and exception texts are written as they are; for a developer's own machine.</summary>
    public PersonalData PersonalData { get; init; } = PersonalData.Masked;

    /// <summary>One sentence for each value out of range; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        (string Name, long Value, long Low, long High)[] ranges =
        [
            (nameof(QueueLimit), QueueLimit, 100, 1_000_000), (nameof(FileSizeBytes), FileSizeBytes, 1 << 20, 1 << 30), (nameof(FilesKept), FilesKept, 1, 1_000),
        ];
        foreach (var (name, value, low, high) in ranges)
        {
            if (value < low || value > high)
            {
                yield return $"Log setting {name} is {value}; it must be between {low} and {high}.";
            }
        }
    }
}

/// <summary>Form of log lines.</summary>
public enum LogFormat
{
    /// <summary>Readable in Development, JSON elsewhere.</summary>
    ByEnvironment,
    /// <summary>One JSON object a line.</summary>
    Json,
    /// <summary>For people.</summary>
    Readable,
}

/// <summary>What happens to personal data in logs.</summary>
public enum PersonalData
{
    /// <summary>Values under <c>pii.*</c> keys become <c>***</c>; exception texts are scrubbed.</summary>
    Masked,
    /// <summary>Shown as they are.</summary>
    Shown,
}
