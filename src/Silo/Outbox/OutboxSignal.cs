namespace VoiceOrdering.Silo.Outbox;

/// <summary>Wakes the sender of the outbox.</summary>
public interface IOutboxBell
{
    /// <summary>Something may be due.</summary>
    void Raise();

    /// <summary>Somebody says that a destination works again (it was changed, tested, or is to get its dead letters): it is tried at once, however often it failed.</summary>
    void Hurry(string destinationId);
}

/// <summary>Wakes the sender when there may be something to send; many raises before it looks are one.</summary>
internal sealed class OutboxSignal : IOutboxBell
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _hurried = new(StringComparer.Ordinal);
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Hurry(string destinationId)
    {
        lock (_gate)
        {
            _hurried.Add(destinationId);
            _raised.TrySetResult();
        }
    }

    /// <summary>Destinations that were hurried since the last call.</summary>
    public string[] TakeHurried()
    {
        lock (_gate)
        {
            string[] taken = [.. _hurried];
            _hurried.Clear();
            return taken;
        }
    }

    public void Raise()
    {
        lock (_gate)
        {
            _raised.TrySetResult();
        }
    }

    /// <summary>Completes with the next raise, at once when there was one since <see cref="Lower"/>.</summary>
    public Task Raised
    {
        get
        {
            lock (_gate)
            {
                return _raised.Task;
            }
        }
    }

    /// <summary>Forgets raises; whoever lowers it looks at the store afterwards.</summary>
    public void Lower()
    {
        lock (_gate)
        {
            if (_raised.Task.IsCompleted)
            {
                _raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
