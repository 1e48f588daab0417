namespace VoiceOrdering.Silo.Outbox;

/// <summary>The lanes of all destinations this process has sent to. Thread-safe.</summary>
internal sealed class DestinationLanes(OutboxSettings settings)
{
    private readonly Dictionary<string, DestinationLane> _lanes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Takes a place for an attempt; false when there is none at the moment.</summary>
    public bool TryBegin(OutboxDelivery delivery, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(delivery.DestinationId, out var lane))
            {
                _lanes.Add(delivery.DestinationId, lane = new DestinationLane(settings, delivery.Channel == DestinationKind.Telegram ? settings.TelegramPerMinute : null));
            }

            if (lane.Places(now) == 0)
            {
                return false;
            }

            lane.Begin(now);
            return true;
        }
    }

    /// <summary>An attempt ended.</summary>
    /// <returns>True when the destination answers again after it had only been probed.</returns>
    public bool End(string destinationId, SendResult result, DateTimeOffset now, double jitter)
    {
        lock (_gate)
        {
            return _lanes[destinationId].End(result, now, jitter);
        }
    }

    /// <summary>An attempt was given up before it could succeed or fail.</summary>
    public void Abandon(string destinationId)
    {
        lock (_gate)
        {
            _lanes[destinationId].Abandon();
        }
    }

    /// <summary>Somebody says that the destination works again.</summary>
    public void Forgive(string destinationId)
    {
        lock (_gate)
        {
            _lanes.GetValueOrDefault(destinationId)?.Forgive();
        }
    }

    /// <summary>How many more each destination can take now; one that was never sent to is not in it.</summary>
    public Dictionary<string, int> Places(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _lanes.ToDictionary(pair => pair.Key, pair => pair.Value.Places(now), StringComparer.Ordinal);
        }
    }

    /// <summary>When the next pause is over; null when there is none.</summary>
    public DateTimeOffset? NextFreeAt(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _lanes.Values.Select(lane => lane.FreeAt(now)).Where(at => at > now).Min();
        }
    }
}
