namespace VoiceOrdering.Silo.Outbox;

/// <summary>What one destination can take at the moment: places, pauses after failures, and the pace a chat allows. Guarded by the sender.</summary>
internal sealed class DestinationLane(OutboxSettings settings, int? perMinute)
{
    private readonly Queue<DateTimeOffset> _sent = new();
    private int _active;
    private int _failures;
    private DateTimeOffset _pausedUntil;

    private bool IsProbed => _failures >= settings.FailuresToPause;

    /// <summary>When it can take the next one, or null when a running attempt must end first.</summary>
    public DateTimeOffset? FreeAt(DateTimeOffset now)
    {
        // After many failures in a row one attempt at a time finds out whether the destination is back.
        if (_active >= (IsProbed ? 1 : settings.PerDestination))
        {
            return null;
        }

        Forget(now);
        var paced = perMinute is { } most && _sent.Count >= most ? _sent.Peek() + TimeSpan.FromMinutes(1) : now;
        return _pausedUntil > paced ? _pausedUntil : paced;
    }

    /// <summary>How many more it can take now.</summary>
    public int Places(DateTimeOffset now)
    {
        if (!(FreeAt(now) <= now))
        {
            return 0;
        }

        var places = (IsProbed ? 1 : settings.PerDestination) - _active;
        return perMinute is { } most ? Math.Min(places, most - _sent.Count) : places;
    }

    public void Begin(DateTimeOffset now)
    {
        _active++;
        if (perMinute is not null)
        {
            _sent.Enqueue(now);
        }
    }

    /// <summary>An attempt ended; a pause the receiver asked for counts for the whole destination.</summary>
    /// <returns>True when the destination answers again after it had only been probed.</returns>
    public bool End(SendResult result, DateTimeOffset now, double jitter)
    {
        _active--;
        if (result.Outcome != SendOutcome.Failed)
        {
            var isBack = IsProbed;
            Forgive();
            return isBack;
        }

        _failures++;
        var pause = IsProbed ? DeliverySchedule.PauseAfter(settings, _failures - settings.FailuresToPause + 1, jitter) : TimeSpan.Zero;
        pause = result.RetryAfter > pause ? result.RetryAfter.Value : pause;
        if (now + pause > _pausedUntil)
        {
            _pausedUntil = now + pause;
        }

        return false;
    }

    /// <summary>Somebody says that it works again: what it did before no longer counts, except the pace.</summary>
    public void Forgive()
    {
        _failures = 0;
        _pausedUntil = default;
    }

    /// <summary>An attempt was given up before it could succeed or fail.</summary>
    public void Abandon() => _active--;

    private void Forget(DateTimeOffset now)
    {
        while (_sent.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromMinutes(1))
        {
            _sent.Dequeue();
        }
    }
}
