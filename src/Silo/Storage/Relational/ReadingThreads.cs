namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>
/// Threads of their own for queries, which block while the database answers: on the process's pool they would hold up grains and requests. A thread begins when
/// there is something to do for it.
/// </summary>
internal sealed class ReadingThreads(int most) : TaskScheduler, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Task> _waiting = new();
    private int _threads;
    private int _idle;
    private bool _closed;

    public override int MaximumConcurrencyLevel => most;

    /// <summary>Ends the threads when the queue is empty.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            _waiting.Enqueue(task);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_gate);
            }
            else if (_threads < most)
            {
                _threads++;
                new Thread(Loop) { Name = "database-reader", IsBackground = true }.Start();
            }
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return [.. _waiting];
        }
    }

    private void Loop()
    {
        while (Take() is { } task)
        {
            TryExecuteTask(task);
        }
    }

    private Task? Take()
    {
        lock (_gate)
        {
            Task? task;
            while (!_waiting.TryDequeue(out task))
            {
                if (_closed)
                {
                    _threads--;
                    return null;
                }
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }
            return task;
        }
    }
}
