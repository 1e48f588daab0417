namespace VoiceOrdering.Silo.Outbox;

/// <summary>What one destination can take at the moment: places, pauses after failures, and the pace a chat allows. Guarded by the sender.</summary>
internal sealed class DestinationLane(OutboxSettings settings)
{
    private readonly Queue<DateTimeOffset> _sent = new();
    private int _active;
    private int _failures;
    private DateTimeOffset _pausedUntil;

    /// <summary>Most messages in a minute; null for as many as come.</summary>
    public int? PerMinute { get; set; }

    /// <summary>When it can take the next one, or null when a running attempt must end first.</summary>
    public DateTimeOffset? FreeAt(DateTimeOffset now)
    {
        // After many failures in a row one attempt at a time finds out whether the destination is back.
        var places = _failures >= settings.FailuresToPause ? 1 : settings.PerDestination;
        if (_active >= places)
        {
            return null;
        }

        while (_sent.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromMinutes(1))
        {
            _sent.Dequeue();
        }

        var paced = PerMinute is { } most && _sent.Count >= most ? _sent.Peek() + TimeSpan.FromMinutes(1) : now;
        return _pausedUntil > paced ? _pausedUntil : paced;
    }

    public void Begin(DateTimeOffset now)
    {
        _active++;
        if (PerMinute is not null)
        {
            _sent.Enqueue(now);
        }
    }

    /// <summary>An attempt ended; a pause the receiver asked for counts for the whole destination.</summary>
    public void End(SendResult result, DateTimeOffset now, double jitter)
    {
        _active--;
        if (result.Outcome != SendOutcome.Failed)
        {
            _failures = 0;
            _pausedUntil = default;
            return;
        }

        _failures++;
        var pause = _failures >= settings.FailuresToPause ? DeliverySchedule.PauseAfter(settings, _failures - settings.FailuresToPause + 1, jitter) : TimeSpan.Zero;
        pause = result.RetryAfter > pause ? result.RetryAfter.Value : pause;
        if (now + pause > _pausedUntil)
        {
            _pausedUntil = now + pause;
        }
    }

    /// <summary>An attempt was given up before it could succeed or fail.</summary>
    public void Abandon() => _active--;
}
