namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>Which meters are exported and how many series they may have.</summary>
public sealed record MetricsSettings
{
    /// <summary>Meter names; a trailing <c>*</c> matches any ending.</summary>
    public IReadOnlyList<string> Meters { get; init; } =
        ["VoiceOrdering*", "Microsoft.Orleans*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting"];

    /// <summary>Label combinations of one metric, 1–100,000; further ones are counted together under <c>overflow="true"</c>.</summary>
    public int SeriesPerMetric { get; init; } = 500;

    /// <summary>Metrics, 1–10,000; further instruments are left out and counted.</summary>
    public int MetricLimit { get; init; } = 1_000;

    /// <summary>Characters of a label value, 8–4,096; longer ones are cut.</summary>
    public int LabelValueLength { get; init; } = 128;

    /// <summary>One sentence for each value out of range; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        (string Name, int Value, int Low, int High)[] ranges =
        [
            (nameof(SeriesPerMetric), SeriesPerMetric, 1, 100_000), (nameof(MetricLimit), MetricLimit, 1, 10_000), (nameof(LabelValueLength), LabelValueLength, 8, 4_096),
        ];
        foreach (var (name, value, low, high) in ranges)
        {
            if (value < low || value > high)
            {
                yield return $"Metrics setting {name} is {value}; it must be between {low} and {high}.";
            }
        }
    }

    internal bool Exports(string meter) =>
        Meters.Any(pattern => pattern.EndsWith('*') ? meter.StartsWith(pattern[..^1], StringComparison.Ordinal) : meter == pattern);
}
