using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>The last recorded value (synchronous gauge).</summary>
internal sealed class LastValueSeries(string labels) : MetricSeries(labels)
{
    private double value;

    public override void Record(double value) => Volatile.Write(ref this.value, value);

    public override void Observe(double value, long collection) => Record(value);

    public override void Write(StringBuilder text, string name) => Sample(text, name, Labels, Number(Volatile.Read(ref value)));
}
