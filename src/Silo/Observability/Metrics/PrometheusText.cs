using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>
/// Listens to the selected meters and writes them in the Prometheus text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats). Prometheus' own exporter packages for OpenTelemetry or
/// prometheus-net would do the same and can take this place. Safe for concurrent use.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    /// <summary>Media type of what <see cref="Write"/> returns.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock collecting = new();
    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly MetricsSettings settings;
    private long collection;
    private long seriesOverflows;
    private long instrumentsLeftOut;

    /// <summary>Starts listening; recordings made earlier are not seen.</summary>
    public PrometheusText(MetricsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Take(state, value, tags));
        listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Take(state, value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Take(state, value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Take(state, value, tags));
        listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Take(state, value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Take(state, value, tags));
        listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Take(state, (double)value, tags));
        listener.Start();
    }

    /// <summary>Asks the observable instruments and writes everything known, sorted by name.</summary>
    public string Write()
    {
        var text = new StringBuilder(16_384);
        lock (collecting)
        {
            collection++;
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // An instrument whose callback throws keeps its last value; the others have been asked all the same.
                instrumentsLeftOut++;
            }
            foreach (var (_, family) in families.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                family.Write(text, collection);
            }
            OwnCounter(text, "metrics_series_overflow_total", "Label combinations beyond the limit of their metric.", Interlocked.Read(ref seriesOverflows));
            OwnCounter(text, "metrics_instruments_left_out_total", "Instruments not exported: too many, or clashing with another one's name.", Interlocked.Read(ref instrumentsLeftOut));
        }
        return text.ToString();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => listener.Dispose();

    private static void OwnCounter(StringBuilder text, string name, string help, long value) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(" counter\n")
            .Append(name).Append(' ').Append(value).Append('\n');

    private void Publish(Instrument instrument, MeterListener meterListener)
    {
        if (!settings.Exports(instrument.Meter.Name))
        {
            return;
        }
        var kind = MetricName.KindOf(instrument);
        var name = MetricName.Of(instrument, kind);
        if (!families.ContainsKey(name) && families.Count >= settings.MetricLimit)
        {
            Interlocked.Increment(ref instrumentsLeftOut);
            return;
        }
        var family = families.GetOrAdd(name, _ => new MetricFamily(name, kind, instrument.Description ?? "", settings, Creator(instrument, kind), () => Interlocked.Increment(ref seriesOverflows)));
        if (family.Kind != kind)
        {
            Interlocked.Increment(ref instrumentsLeftOut);
            return;
        }
        meterListener.EnableMeasurementEvents(instrument, new Subscription(this, family, instrument.IsObservable));
    }

    private static Func<string, MetricSeries> Creator(Instrument instrument, MetricKind kind)
    {
        if (kind == MetricKind.Histogram)
        {
            var bounds = HistogramBounds.Of(instrument);
            return labels => new HistogramSeries(labels, bounds);
        }
        var type = instrument.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Gauge<>) ? labels => new LastValueSeries(labels) : labels => new SumSeries(labels);
    }

    private static void Take(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var subscription = (Subscription)state!;
        var series = subscription.Family.Series(tags);
        if (subscription.Observed)
        {
            series.Observe(value, subscription.Owner.collection);
        }
        else
        {
            series.Record(value);
        }
    }

    private sealed record Subscription(PrometheusText Owner, MetricFamily Family, bool Observed);
}
