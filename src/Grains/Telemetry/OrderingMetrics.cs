using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace VoiceOrdering.Grains.Telemetry;

/// <summary>Figures of the domain under the meter <c>VoiceOrdering</c>; the names are those the dashboards use.</summary>
public sealed class OrderingMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "VoiceOrdering";

    private readonly Counter<long> _started;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _toolCalls;
    private readonly Counter<long> _transcriptDropped;
    private readonly Counter<long> _listenersLost;
    private readonly Counter<long> _eventsPurged;
    private readonly Counter<long> _submissionsPurged;
    private readonly Counter<long> _linesMatched;
    private readonly Counter<long> _linesCorrected;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _confidence;

    /// <summary>Creates the instruments.</summary>
    public OrderingMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _started = meter.CreateCounter<long>("orders_started_total", description: "Carts that got their first line.");
        _completed = meter.CreateCounter<long>("orders_completed_total", description: "Carts that became an order.");
        _abandoned = meter.CreateCounter<long>("orders_abandoned_total", description: "Carts with lines whose session ended without an order.");
        _refusals = meter.CreateCounter<long>("refusals_total", description: "Typed refusals by code.");
        _toolCalls = meter.CreateCounter<long>("tool_calls_total", description: "Tool calls of the model by tool and result.");
        _transcriptDropped = meter.CreateCounter<long>("transcript_turns_dropped_total", description: "Turns that left the transcript because of its limit.");
        _listenersLost = meter.CreateCounter<long>("listeners_lost_total", description: "Listeners dropped because they failed or did not renew.");
        _eventsPurged = meter.CreateCounter<long>("order_events_purged_total", description: "Events of orders that were forgotten after everybody had them.");
        _submissionsPurged = meter.CreateCounter<long>("submissions_purged_total", description: "Results of idempotency keys that were forgotten after their time.");
        _linesMatched = meter.CreateCounter<long>("match_lines_total", description: "Lines taken from words, by the threshold in force and whether the customer was asked.");
        _linesCorrected = meter.CreateCounter<long>("match_lines_corrected_total", description: "Lines changed or removed again by words, by the threshold in force.");
        _duration = meter.CreateHistogram<double>("order_duration_seconds", "s", "From the first line to the stored order.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600] });
        _confidence = meter.CreateHistogram<double>("match_confidence", description: "How well the caller's words fit the chosen item.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 1] });
    }

    internal void EventsPurged(int count) => _eventsPurged.Add(count);

    internal void SubmissionsPurged(int count) => _submissionsPurged.Add(count);

    internal void OrderStarted(string restaurant) => _started.Add(1, Restaurant(restaurant));

    internal void OrderCompleted(string restaurant, string via, TimeSpan duration)
    {
        var tags = new TagList { { "restaurant", restaurant }, { "via", via } };
        _completed.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }

    internal void OrderAbandoned(string restaurant) => _abandoned.Add(1, Restaurant(restaurant));

    internal void Matched(double confidence) => _confidence.Record(confidence);

    internal void LineMatched(double acceptAt, bool isAccepted) =>
        _linesMatched.Add(1, new TagList { { "threshold", Threshold(acceptAt) }, { "decision", isAccepted ? "accept" : "confirm" } });

    internal void LineCorrected(double acceptAt) => _linesCorrected.Add(1, new TagList { { "threshold", Threshold(acceptAt) } });

    internal void ToolCalled(string tool, string result) => _toolCalls.Add(1, new TagList { { "tool", tool }, { "result", result } });

    internal void TranscriptTurnDropped() => _transcriptDropped.Add(1);

    internal void ListenerLost() => _listenersLost.Add(1);

    /// <summary>Counts the refusal and hands it on.</summary>
    internal Refusal Refused(Refusal refusal)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
        return refusal;
    }

    private static string Threshold(double acceptAt) => acceptAt.ToString("0.00", CultureInfo.InvariantCulture);

    private static KeyValuePair<string, object?> Restaurant(string restaurant) => new("restaurant", restaurant);
}
