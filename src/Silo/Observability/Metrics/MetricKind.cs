namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>Kinds of Prometheus metrics.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
