using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansEmbedded.Streams;

/// <summary>
/// One stream: a bounded buffer of events and a cursor for each subscription. Producers wait while the slowest subscription is a full
/// buffer behind; a little history is kept for subscriptions that begin at an older token.
/// </summary>
internal sealed class StreamChannel(StreamHub hub, StreamId id)
{
    /// <summary>Events the slowest subscription may be behind before producers wait.</summary>
    public const int MaxBehind = 4096;

    /// <summary>Events kept after everybody has had them.</summary>
    public const int History = 256;

    private readonly Lock _gate = new();
    private readonly List<StreamItem> _items = [];
    private readonly Dictionary<Guid, StreamDelivery> _deliveries = [];
    private TaskCompletionSource? _room;
    private long _first;
    private long _lastUsedAt = hub.Time.GetTimestamp();
    private bool _isRetired;

    // Numbers go on rising when the stream is made anew, after a restart too.
    private long _nextSequence = hub.Time.GetUtcNow().Ticks;

    public StreamHub Hub => hub;

    public StreamId Id => id;

    private long End => _first + _items.Count;

    /// <summary>Completes when the events are taken. False when the stream has been forgotten.</summary>
    public async ValueTask<bool> TryPublishAsync(IReadOnlyList<object?> values, StreamEventKind kind)
    {
        while (TryAppend(values, kind, out var isRetired) is { } full)
        {
            if (isRetired)
            {
                return false;
            }

            await full;
        }

        return true;
    }

    /// <summary>Forgets the stream if nobody has used it for a while and no more than what is stored would be lost.</summary>
    public bool TryRetire(TimeSpan inactivity, bool isDurable)
    {
        lock (_gate)
        {
            if (hub.Time.GetElapsedTime(_lastUsedAt) < inactivity
                || _deliveries.Values.Any(delivery => delivery.Cursor < End || !IsFoundAgain(delivery.Subscription, isDurable)))
            {
                return false;
            }

            _isRetired = true;
            return true;
        }
    }

    public IReadOnlyList<StreamSubscriptionRecord> SubscriptionsOf(GrainId subscriber)
    {
        lock (_gate)
        {
            return [.. _deliveries.Values.Where(delivery => delivery.Subscription.Subscriber == subscriber).Select(delivery => delivery.Subscription)];
        }
    }

    /// <summary>Adds a subscription unless it is there already. False when the stream has been forgotten.</summary>
    public bool TryAdd(StreamSubscriptionRecord subscription, StreamSequenceToken? token)
    {
        StreamDelivery? delivery;
        lock (_gate)
        {
            if (_isRetired)
            {
                return false;
            }

            _lastUsedAt = hub.Time.GetTimestamp();
            if (!_deliveries.TryGetValue(subscription.Id, out delivery))
            {
                _deliveries[subscription.Id] = delivery = new StreamDelivery(this, subscription) { Cursor = End };
            }

            if (token is not null)
            {
                delivery.Cursor = PositionOf(token);
            }
        }

        delivery.Wake();
        return true;
    }

    /// <summary>Goes on with a subscription, from a token on if there is one. False when the stream has been forgotten.</summary>
    public bool TryResume(StreamSubscriptionRecord subscription, StreamSequenceToken? token)
    {
        StreamDelivery? delivery;
        lock (_gate)
        {
            if (_isRetired)
            {
                return false;
            }

            _lastUsedAt = hub.Time.GetTimestamp();
            if (!_deliveries.TryGetValue(subscription.Id, out delivery))
            {
                throw new InvalidOperationException($"Subscription {subscription.Id} of stream {id} has ended.");
            }

            if (token is not null)
            {
                delivery.Cursor = PositionOf(token);
            }
        }

        delivery.Wake();
        return true;
    }

    public void Remove(Guid subscriptionId)
    {
        lock (_gate)
        {
            if (_deliveries.Remove(subscriptionId, out var delivery))
            {
                delivery.Stop();
            }

            Trim();
        }
    }

    /// <summary>The next events for a cursor, of one kind; empty when there are none.</summary>
    public IReadOnlyList<StreamItem> Peek(StreamDelivery delivery, int most)
    {
        lock (_gate)
        {
            var at = (int)(Math.Max(delivery.Cursor, _first) - _first);
            var taken = new List<StreamItem>();
            while (at < _items.Count && taken.Count < most && (taken.Count == 0 || _items[at].Kind == StreamEventKind.Items))
            {
                taken.Add(_items[at++]);
                if (taken[0].Kind != StreamEventKind.Items)
                {
                    break;
                }
            }

            return taken;
        }
    }

    public void Advance(StreamDelivery delivery, StreamItem lastDelivered)
    {
        lock (_gate)
        {
            delivery.Cursor = Math.Max(delivery.Cursor, lastDelivered.Position + 1);
            Trim();
        }
    }

    private Task? TryAppend(IReadOnlyList<object?> values, StreamEventKind kind, out bool isRetired)
    {
        StreamDelivery[] waiting;
        lock (_gate)
        {
            isRetired = _isRetired;
            if (isRetired)
            {
                return Task.CompletedTask;
            }

            _lastUsedAt = hub.Time.GetTimestamp();
            if (_deliveries.Count > 0 && End - _deliveries.Values.Min(delivery => delivery.Cursor) >= MaxBehind)
            {
                return (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            var sequence = _nextSequence++;
            for (var index = 0; index < values.Count; index++)
            {
                _items.Add(new StreamItem(End, sequence, index, kind, values[index]));
            }

            waiting = [.. _deliveries.Values];
            Trim();
        }

        foreach (var delivery in waiting)
        {
            delivery.Wake();
        }

        return null;
    }

    private static bool IsFoundAgain(StreamSubscriptionRecord subscription, bool isDurable)
        => subscription.IsImplicit || (isDurable && !Observers.ObserverIds.IsObserver(subscription.Subscriber));

    private long PositionOf(StreamSequenceToken token)
    {
        var at = _items.FindIndex(item => !item.Token.Older(token));
        return at < 0 ? End : _first + at;
    }

    private void Trim()
    {
        var slowest = _deliveries.Count == 0 ? End : _deliveries.Values.Min(delivery => delivery.Cursor);
        var keepFrom = Math.Max(_first, Math.Min(slowest, End - History));

        // Removing from the front moves the rest, so it is done in large steps.
        if (keepFrom - _first >= History)
        {
            _items.RemoveRange(0, (int)(keepFrom - _first));
            _first = keepFrom;
        }

        if (End - slowest < MaxBehind)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }
}
