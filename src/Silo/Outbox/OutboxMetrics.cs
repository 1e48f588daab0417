using System.Diagnostics.Metrics;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>Figures of the outbox under the meter <c>VoiceOrdering.Outbox</c>.</summary>
internal sealed class OutboxMetrics
{
    private readonly Counter<long> _attempts;
    private readonly TimeProvider _time;
    private OutboxBacklog _backlog = new(0, 0, null);

    public OutboxMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("VoiceOrdering.Outbox");
        _attempts = meter.CreateCounter<long>("outbox_attempts_total", description: "Attempts to deliver an order event, by channel and outcome.");
        meter.CreateObservableGauge("outbox_pending", () => _backlog.Pending, description: "Deliveries that wait to be sent.");
        meter.CreateObservableGauge("outbox_dead", () => _backlog.Dead, description: "Deliveries that were given up and can be replayed.");
        meter.CreateObservableGauge(
            "outbox_oldest_pending_seconds", () => _backlog.OldestPendingAt is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : 0, "s", "Age of the oldest delivery that waits.");
    }

    public void Attempted(DestinationKind kind, SendOutcome outcome) =>
        _attempts.Add(1, new("channel", kind.ToString().ToLowerInvariant()), new("outcome", outcome.ToString().ToLowerInvariant()));

    public void Counted(OutboxBacklog backlog) => _backlog = backlog;
}
