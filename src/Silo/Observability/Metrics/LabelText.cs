using System.Globalization;
using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>Labels and help texts in the escaping of the Prometheus text format 0.0.4.</summary>
internal static class LabelText
{
    /// <summary>The series that stands for all beyond the limit.</summary>
    public const string Overflow = "overflow=\"true\"";

    /// <summary>Labels sorted by name; of two keys that become the same name the values are joined, as the OpenTelemetry rules say.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, int longestValue)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = MetricName.Label(key);
            var shown = Cut(Shown(value), longestValue);
            labels[name] = labels.TryGetValue(name, out var earlier) ? $"{earlier};{shown}" : shown;
        }
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(EscapeValue(value)).Append('"');
        }
        return text.ToString();
    }

    public static string EscapeHelp(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeValue(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Shown(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }
        // Never between the halves of a surrogate pair: the output is UTF-8.
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end];
    }
}
