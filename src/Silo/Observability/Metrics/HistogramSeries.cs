using System.Globalization;
using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>Counts by bucket, with sum and count of the same moment.</summary>
internal sealed class HistogramSeries(string labels, double[] bounds) : MetricSeries(labels)
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[bounds.Length + 1];
    private double sum;

    public override void Record(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }
        var index = 0;
        while (index < bounds.Length && value > bounds[index])
        {
            index++;
        }
        lock (gate)
        {
            counts[index]++;
            sum += value;
        }
    }

    public override void Observe(double value, long collection) => Record(value);

    public override void Write(StringBuilder text, string name)
    {
        var copy = new long[counts.Length];
        double total;
        lock (gate)
        {
            counts.CopyTo(copy, 0);
            total = sum;
        }
        var before = Labels.Length == 0 ? "" : Labels + ",";
        long cumulated = 0;
        for (var index = 0; index < copy.Length; index++)
        {
            cumulated += copy[index];
            var bound = index < bounds.Length ? Number(bounds[index]) : "+Inf";
            Sample(text, name + "_bucket", $"{before}le=\"{bound}\"", cumulated.ToString(CultureInfo.InvariantCulture));
        }
        Sample(text, name + "_sum", Labels, Number(total));
        Sample(text, name + "_count", Labels, cumulated.ToString(CultureInfo.InvariantCulture));
    }
}
