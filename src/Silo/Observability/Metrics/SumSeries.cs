using System.Text;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>A sum of what was added (counter, up-down counter) or the last observed value.</summary>
internal sealed class SumSeries(string labels) : MetricSeries(labels)
{
    private double value;
    private long seenIn = -1;

    public override void Record(double value)
    {
        var seen = Volatile.Read(ref this.value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref this.value, seen + value, seen);
            if (before.Equals(seen))
            {
                return;
            }
            seen = before;
        }
    }

    public override void Observe(double value, long collection)
    {
        // Only the collecting thread comes here, one collection at a time.
        var sum = seenIn == collection ? this.value + value : value;
        seenIn = collection;
        Volatile.Write(ref this.value, sum);
    }

    public override bool IsStale(long collection) => seenIn >= 0 && seenIn != collection;

    public override void Write(StringBuilder text, string name) => Sample(text, name, Labels, Number(Volatile.Read(ref value)));
}
