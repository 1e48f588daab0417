namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Matches <c>session.updated</c> with the update it confirms: the provider names no cause, but keeps the order; a refusal names its
/// event id. An update nobody waits for any more keeps its place, or its late confirmation would be taken for the next one's.
/// </summary>
internal sealed class Confirmations
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(string EventId, TaskCompletionSource Done)> _waiting = new();
    private bool _closed;

    public Task ExpectAsync(string eventId)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
            {
                done.SetException(SendQueue.Closed());
            }
            else
            {
                _waiting.AddLast((eventId, done));
            }
        }

        return done.Task;
    }

    public void Confirm()
    {
        lock (_gate)
        {
            if (_waiting.First is { } oldest)
            {
                _waiting.RemoveFirst();
                oldest.Value.Done.SetResult();
            }
        }
    }

    /// <summary>Whether <paramref name="error"/> answered a waiting update, which then has it as its exception.</summary>
    public bool TryRefuse(string? eventId, ProviderError error)
    {
        if (Take(eventId) is not { } refused)
        {
            return false;
        }

        refused.SetException(new RealtimeException(error.Kind, error.Code, error.Message));
        return true;
    }

    /// <summary>The update was never sent.</summary>
    public void Withdraw(string eventId) => Take(eventId);

    private TaskCompletionSource? Take(string? eventId)
    {
        lock (_gate)
        {
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                if (node.Value.EventId == eventId)
                {
                    _waiting.Remove(node);
                    return node.Value.Done;
                }
            }
        }

        return null;
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var (_, done) in _waiting)
            {
                done.SetException(SendQueue.Closed());
            }

            _waiting.Clear();
        }
    }
}
