using System.Diagnostics.Metrics;
using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>
/// Instrument names and units as Prometheus wants them: OpenTelemetry specification, "Prometheus and OpenMetrics compatibility",
/// metric metadata; https://prometheus.io/docs/concepts/data_model for the alphabet.
/// </summary>
internal static class MetricName
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["bytes"] = "bytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["%"] = "percent",
        ["Cel"] = "celsius",
    };

    public static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return generic == typeof(Counter<>) || generic == typeof(ObservableCounter<>) ? MetricKind.Counter
            : generic == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = Clean(instrument.Name, colonAllowed: true);
        var unit = instrument.Unit ?? "";
        // Annotations such as {request} say what is counted and are no unit.
        var suffix = Units.TryGetValue(unit, out var known) ? known
            : unit == "1" && kind == MetricKind.Gauge ? "ratio"
            : "";
        name = WithSuffix(name, suffix);
        return kind == MetricKind.Counter ? WithSuffix(name, "total") : name;
    }

    public static string Label(string key)
    {
        var name = Clean(key, colonAllowed: false);
        // le belongs to histograms, names with __ in front to Prometheus itself.
        return name == "le" ? "le_label" : name.StartsWith("__", StringComparison.Ordinal) ? "label" + name : name;
    }

    private static string WithSuffix(string name, string suffix)
    {
        if (suffix.Length == 0 || name.EndsWith("_" + suffix, StringComparison.Ordinal) || name == suffix)
        {
            return name;
        }
        // The unit comes before _total.
        return suffix != "total" && name.EndsWith("_total", StringComparison.Ordinal) ? $"{name[..^6]}_{suffix}_total" : $"{name}_{suffix}";
    }

    private static string Clean(string text, bool colonAllowed)
    {
        var cleaned = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            var allowed = char.IsAsciiLetterOrDigit(c) || c == '_' || (colonAllowed && c == ':');
            cleaned.Append(allowed ? c : '_');
        }
        if (cleaned.Length == 0 || char.IsAsciiDigit(cleaned[0]))
        {
            cleaned.Insert(0, '_');
        }
        return cleaned.ToString();
    }
}
