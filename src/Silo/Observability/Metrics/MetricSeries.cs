using System.Globalization;
using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>One metric with one combination of labels. Recording is safe from any thread.</summary>
internal abstract class MetricSeries(string labels)
{
    /// <summary><c>key="value",…</c> without braces, or empty.</summary>
    protected string Labels { get; } = labels;

    public abstract void Record(double value);

    /// <summary>An observed value replaces the earlier one; several sources of the same series within one collection add up.</summary>
    public abstract void Observe(double value, long collection);

    /// <summary>Whether it is filled by observation and this collection brought no value.</summary>
    public virtual bool IsStale(long collection) => false;

    public abstract void Write(StringBuilder text, string name);

    protected static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);

    protected static StringBuilder Sample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }
        return text.Append(' ').Append(value).Append('\n');
    }
}
