using System.Collections.Concurrent;
using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>All series of one metric name, bounded in number.</summary>
internal sealed class MetricFamily(string name, MetricKind kind, string help, MetricsSettings settings, Func<string, MetricSeries> create, Action overflowed)
{
    private readonly ConcurrentDictionary<TagSet, MetricSeries> byTags = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<string, MetricSeries> byLabels = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private MetricSeries? untagged;

    public string Name => name;

    public MetricKind Kind => kind;

    /// <summary>The series of these tags; the one marked as overflow when there are too many already.</summary>
    public MetricSeries Series(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return untagged ??= Canonical("");
        }
        var known = byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        if (known.TryGetValue(tags, out var series))
        {
            return series;
        }
        series = Canonical(LabelText.Of(tags, settings.LabelValueLength));
        // Different orders of the same tags are different keys of one series; bounded like the series.
        if (byTags.Count < settings.SeriesPerMetric * 2)
        {
            known.TryAdd(tags, series);
        }
        return series;
    }

    /// <summary>Writes all series; observed gauges that were not seen in this collection are gone.</summary>
    public void Write(StringBuilder text, long collection)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(LabelText.EscapeHelp(help)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" }).Append('\n');
        foreach (var (_, series) in byLabels.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (kind != MetricKind.Gauge || !series.IsStale(collection))
            {
                series.Write(text, name);
            }
        }
    }

    private MetricSeries Canonical(string labels)
    {
        if (byLabels.TryGetValue(labels, out var known))
        {
            return known;
        }
        lock (gate)
        {
            if (byLabels.TryGetValue(labels, out known))
            {
                return known;
            }
            if (byLabels.Count >= settings.SeriesPerMetric)
            {
                overflowed();
                labels = LabelText.Overflow;
            }
            return byLabels.GetOrAdd(labels, create);
        }
    }
}
