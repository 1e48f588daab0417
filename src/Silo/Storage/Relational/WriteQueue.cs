namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>Work that waits for the writer; many put in, one takes out.</summary>
internal sealed class WriteQueue(StorageSettings settings)
{
    private readonly object _gate = new();
    private readonly Queue<WriteUnit> _waiting = new();
    private bool _closing;

    /// <summary>Puts work in.</summary>
    /// <exception cref="StorageException"><c>STORAGE_OVERLOADED</c> or <c>STORAGE_CLOSED</c>; it is not in.</exception>
    public void Add(WriteUnit unit)
    {
        lock (_gate)
        {
            if (_closing)
            {
                throw new StorageException(StorageErrorCodes.Closed, "The database is closed because the process stops.");
            }
            if (_waiting.Count >= settings.WriteQueueLimit)
            {
                StorageMeter.Refused.Add(1, StorageMeter.WriteQueue);
                throw new StorageException(StorageErrorCodes.Overloaded, $"{settings.WriteQueueLimit} writes are waiting for the database already; try again shortly.");
            }
            _waiting.Enqueue(unit);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }
        StorageMeter.Queued.Add(1);
    }

    /// <summary>Puts work in once more. It was accepted before, so it is taken beyond the limit and while closing.</summary>
    public void AddAgain(WriteUnit unit)
    {
        lock (_gate)
        {
            _waiting.Enqueue(unit);
        }
        StorageMeter.Queued.Add(1);
    }

    /// <summary>Waits for work and takes as much as there is, up to <c>GroupLimit</c>.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool TryTake(List<WriteUnit> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closing)
                {
                    return false;
                }
                Monitor.Wait(_gate);
            }
            while (group.Count < settings.GroupLimit && _waiting.TryDequeue(out var unit))
            {
                group.Add(unit);
            }
        }
        StorageMeter.Queued.Add(-group.Count);
        return true;
    }

    /// <summary>Takes nothing more in.</summary>
    /// <returns>False when it was closed already.</returns>
    public bool TryClose()
    {
        lock (_gate)
        {
            if (_closing)
            {
                return false;
            }
            _closing = true;
            Monitor.Pulse(_gate);
            return true;
        }
    }
}
