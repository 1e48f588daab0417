namespace VoiceOrdering.Media.WebRtc;

/// <summary>Runs the event handlers of one leg on the thread pool, one after the other, held back until opened. Thread-safe.</summary>
internal sealed class SerialEvents(Action<Exception> onFailure)
{
    /// <summary>Events that wait; a caller holding down keys cannot fill memory. Beyond it key presses are dropped.</summary>
    public const int MaxWaiting = 256;

    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();
    private bool _isOpen;
    private bool _isRunning;

    public long Dropped { get; private set; }

    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }

        Schedule();
    }

    /// <summary>Queues an event that may be dropped under pressure.</summary>
    public void TryPost(Action raise)
    {
        lock (_lock)
        {
            if (_waiting.Count >= MaxWaiting)
            {
                Dropped++;
                return;
            }

            _waiting.Enqueue(raise);
        }

        Schedule();
    }

    /// <summary>Queues one of the events that happen once.</summary>
    public void Post(Action raise)
    {
        lock (_lock)
        {
            _waiting.Enqueue(raise);
        }

        Schedule();
    }

    private void Schedule()
    {
        lock (_lock)
        {
            if (!_isOpen || _isRunning || _waiting.Count == 0)
            {
                return;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static events => events.Run(), this, preferLocal: false);
    }

    private void Run()
    {
        while (true)
        {
            Action raise;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }

                raise = _waiting.Dequeue();
            }

            try
            {
                raise();
            }
#pragma warning disable CA1031 // A handler's failure is its own; the next event must still come.
            catch (Exception e)
            {
                onFailure(e);
            }
#pragma warning restore CA1031
        }
    }
}
