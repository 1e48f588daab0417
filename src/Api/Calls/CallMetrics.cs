using System.Diagnostics.Metrics;

namespace VoiceOrdering.Api.Calls;

/// <summary>Instruments of live calls; meter <c>VoiceOrdering.Calls</c>.</summary>
internal sealed class CallMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "VoiceOrdering.Calls";

    private readonly Meter _meter;
    private readonly Counter<long> _attempted;
    private readonly Counter<long> _successful;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _voiceErrors;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _bargeIns;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _rejectedMoves;
    private readonly Counter<long> _providerReconnects;
    private readonly Histogram<double> _connectSeconds;
    private readonly Histogram<double> _turnSeconds;
    private readonly Histogram<double> _hopSeconds;
    private readonly Histogram<double> _toolSeconds;

    /// <summary>Makes the instruments.</summary>
    public CallMetrics()
    {
        _meter = new Meter(MeterName);
        _attempted = _meter.CreateCounter<long>("webrtc_connections_attempted", description: "Offers received.");
        _successful = _meter.CreateCounter<long>("webrtc_connections_successful", description: "Legs whose media flowed.");
        _failed = _meter.CreateCounter<long>("webrtc_connections_failed", description: "Offers refused or legs that never connected, by reason.");
        _voiceErrors = _meter.CreateCounter<long>("voice_errors_total", description: "Faults of live calls by error_type.");
        _ended = _meter.CreateCounter<long>("calls_ended_total", description: "Calls by result, reason and fault.");
        _bargeIns = _meter.CreateCounter<long>("call_barge_ins_total", description: "Answers cut because the caller spoke.");
        _limits = _meter.CreateCounter<long>("call_limits_reached_total", description: "Refusals and drops by limit.");
        _rejectedMoves = _meter.CreateCounter<long>("call_transitions_rejected_total", description: "Triggers that are not in the bridge's table.");
        _providerReconnects = _meter.CreateCounter<long>("call_provider_sessions_total", description: "Provider sessions opened by calls, by cause.");
        _connectSeconds = _meter.CreateHistogram("webrtc_connect_seconds", "s", "From the offer to flowing media.",
            advice: Buckets(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15));
        _turnSeconds = _meter.CreateHistogram("voice_turn_latency_seconds", "s", "From the end of the caller's turn to the first audio handed to the leg.",
            advice: Buckets(0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10));
        _hopSeconds = _meter.CreateHistogram("bridge_event_hop_seconds", "s", "From an event's arrival at the bridge to its effect being handed on.",
            advice: Buckets(0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1));
        _toolSeconds = _meter.CreateHistogram("voice_tool_seconds", "s", "Run time of a tool call of the model.",
            advice: Buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Attempted() => _attempted.Add(1);

    internal void Connected(TimeSpan taken)
    {
        _successful.Add(1);
        _connectSeconds.Record(taken.TotalSeconds);
    }

    internal void ConnectFailed(string reason) => _failed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    internal void VoiceError(string errorType) => _voiceErrors.Add(1, new KeyValuePair<string, object?>("error_type", errorType));

    internal void Ended(CallEnd end) => _ended.Add(1,
        new KeyValuePair<string, object?>("result", end.Result),
        new KeyValuePair<string, object?>("reason", end.Reason),
        new KeyValuePair<string, object?>("fault", end.Fault.ToString()));

    internal void BargedIn() => _bargeIns.Add(1);

    internal void LimitReached(string limit) => _limits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    internal void MoveRejected() => _rejectedMoves.Add(1);

    internal void ProviderOpened(string cause) => _providerReconnects.Add(1, new KeyValuePair<string, object?>("cause", cause));

    internal void TurnAnswered(TimeSpan taken) => _turnSeconds.Record(taken.TotalSeconds);

    internal void Hopped(TimeSpan taken) => _hopSeconds.Record(taken.TotalSeconds);

    internal void ToolRan(TimeSpan taken, string tool) => _toolSeconds.Record(taken.TotalSeconds, new KeyValuePair<string, object?>("tool", tool));

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
