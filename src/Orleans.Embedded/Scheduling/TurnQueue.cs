using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Scheduling;

/// <summary>
/// Runs the turns of one activation or observer: at most one at a time, requests in the order they came as far as they may start, and
/// continuations before new requests. The lock guards the queues only; no user code runs under it.
/// </summary>
internal abstract class TurnQueue : IThreadPoolWorkItem
{
    /// <summary>Time that turns run in one go before the thread is given back, so that one busy activation does not starve others.</summary>
    public const long LongestSliceMs = 5;

    /// <summary>Turns that run in one go.</summary>
    private const int TurnsPerSlice = 64;

    [ThreadStatic]
    private static TurnQueue? current;

    private readonly Lock _gate = new();
    private readonly ActivationTaskScheduler _scheduler;
    private readonly Task? _anchor;
    private Queue<object>? _work;
    private Mailbox _mailbox;
    private RunningCalls _running;
    private RunningCalls _interleaved;
    private bool _busy;
    private bool _callsLast;
    private int _reserved;
    private bool _isLocal;

    protected TurnQueue(bool startsInTasks = false)
    {
        _scheduler = new ActivationTaskScheduler(this);
        if (startsInTasks || !TurnScope.IsSupported)
        {
            return;
        }

        // The scheduler runs a task at once on a thread that has its queue's turn, so the turn is taken for the moment.
        var previous = current;
        current = this;
        try
        {
            _anchor = TurnScope.CreateAnchor(_scheduler);
        }
        finally
        {
            current = previous;
        }
    }

    /// <summary>The queue whose turn runs on this thread.</summary>
    public static TurnQueue? Current => current;

    public ActivationTaskScheduler TaskScheduler => _scheduler;

    public int WaitingCount => _mailbox.Count;

    /// <summary>Calls that run, wait or are about to come.</summary>
    public int Load
    {
        get
        {
            // Under the lock a call is never between two of the three.
            lock (_gate)
            {
                return _mailbox.Count + Volatile.Read(ref _reserved) + (HasRunning ? 1 : 0);
            }
        }
    }

    /// <summary>The longest-running request; null when none runs.</summary>
    public GrainCall? OldestRunning => _running.First ?? _interleaved.First;

    /// <summary>The object whose methods are called.</summary>
    public abstract object? Instance { get; }

    /// <summary>Whether the same id has other targets that do as well.</summary>
    public virtual bool IsOneOfMany => false;

    /// <summary>Whether senders have to find another target.</summary>
    public abstract bool IsClosed { get; }

    protected Lock Gate => _gate;

    /// <summary>Whether calls may ever start on their sender's thread.</summary>
    protected virtual bool AllowsDirect => true;

    protected bool HasRunning => !_running.IsEmpty || !_interleaved.IsEmpty;

    /// <summary>Whether requests may start now. Read under the lock.</summary>
    protected abstract bool AcceptsTurns { get; }

    /// <summary>Whether requests may be queued at all; when false they must be sent elsewhere. Read under the lock.</summary>
    protected abstract bool AcceptsCalls { get; }

    /// <summary>Whether any call could start beside another; decides if the queue must be searched.</summary>
    protected virtual bool ConsidersInterleaving => false;

    protected virtual int WaitingLimit => int.MaxValue;

    protected virtual long SliceMs => LongestSliceMs;

    /// <summary>Marks the queue as chosen for a call that is about to come, so that another caller does not take it for free meanwhile.</summary>
    public void Reserve() => Interlocked.Increment(ref _reserved);

    /// <summary>The call has come, or will not.</summary>
    public void Release()
    {
        for (var reserved = Volatile.Read(ref _reserved); reserved > 0; reserved = Volatile.Read(ref _reserved))
        {
            if (Interlocked.CompareExchange(ref _reserved, reserved - 1, reserved) == reserved)
            {
                return;
            }
        }
    }

    /// <summary>Queues a request. False when this queue is closed: the caller has to find the next activation.</summary>
    public bool TryEnqueue(GrainCall call)
    {
        var schedule = false;
        lock (_gate)
        {
            if (!AcceptsCalls)
            {
                Release();
                return false;
            }

            if (_mailbox.Count >= WaitingLimit)
            {
                Release();
                OnRejected(call, _mailbox.Count);
                return true;
            }

            call.InterleaveHint = ConsidersInterleaving;
            _mailbox.Add(call);
            Release();
            schedule = !_busy && AcceptsTurns && (_running.IsEmpty || call.CanInterleave);
            _busy |= schedule;
        }

        if (schedule)
        {
            Schedule();
        }

        return true;
    }

    /// <summary>Queues a task or an <see cref="Action"/> as a turn of its own.</summary>
    public void EnqueueWork(object work)
    {
        lock (_gate)
        {
            (_work ??= new Queue<object>(2)).Enqueue(work);
            if (_busy)
            {
                return;
            }

            _busy = true;
        }

        Schedule();
    }

    /// <summary>Takes the turn for a request of the calling thread if nothing runs or waits. Must be followed by <see cref="LeaveDirect"/>.</summary>
    public bool TryEnterDirect(GrainCall call)
    {
        if (!_gate.TryEnter())
        {
            Release();
            return false;
        }

        try
        {
            if (_busy || _anchor is null || !_running.IsEmpty || !_mailbox.IsEmpty || _work is { Count: > 0 } || !AcceptsTurns || !AllowsDirect)
            {
                return false;
            }

            _busy = true;
            call.IsDirect = true;
            AddRunning(call);
            return true;
        }
        finally
        {
            Release();
            _gate.Exit();
        }
    }

    /// <summary>Gives the turn back; <paramref name="finished"/> is the request when it is already over.</summary>
    public void LeaveDirect(GrainCall? finished)
    {
        lock (_gate)
        {
            if (finished is not null)
            {
                RemoveRunning(finished);
                OnFinished(finished);
            }

            if (!HasStartable())
            {
                _busy = false;
                return;
            }
        }

        Schedule();
    }

    /// <summary>A request that awaited is over.</summary>
    public void Finished(GrainCall call)
    {
        lock (_gate)
        {
            RemoveRunning(call);
            OnFinished(call);
            if (_busy || !HasStartable())
            {
                return;
            }

            _busy = true;
        }

        Schedule();
    }

    public TurnFrame EnterTurn()
    {
        var frame = new TurnFrame(current, _anchor is { } anchor ? TurnScope.Enter(anchor) : default);
        current = this;
        return frame;
    }

    public static void ExitTurn(in TurnFrame frame)
    {
        current = frame.Previous;
        frame.Scope.Dispose();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var flow = CleanFlow.Context;
        var endsAt = Environment.TickCount64 + SliceMs;
        LocalTurns.Began(_isLocal);
        for (var turns = 0; turns < TurnsPerSlice && Environment.TickCount64 <= endsAt; turns++)
        {
            object? next;
            lock (_gate)
            {
                next = TakeNext();
                if (next is null)
                {
                    _busy = false;
                    return;
                }
            }

            RunTurn(next, flow);
        }

        // Behind whatever else waits for a thread.
        Schedule(isLocal: false);
    }

    public virtual bool HasIncomingFilters(GrainCall call) => false;

    /// <summary>A call of this target failed; the failure is null when it was only cancelled.</summary>
    public virtual void OnCallFailed(Exception? failure)
    {
    }

    public IEnumerable<Task> SnapshotTasks()
    {
        lock (_gate)
        {
            return _work is null ? [] : [.. _work.OfType<Task>()];
        }
    }

    /// <summary>Requests that run or wait and are past their time, taken out of the mailbox where they wait there.</summary>
    public void CollectExpired(long now, List<GrainCall> into)
    {
        if (_running.IsEmpty && _interleaved.IsEmpty && _mailbox.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            into.AddRange(Running().Where(call => call.IsExpired(now)));

            GrainCall? previous = null;
            for (var call = _mailbox.First; call is not null;)
            {
                var next = call.NextWaiting;
                if (call.IsExpired(now))
                {
                    _mailbox.Remove(previous, call);
                    into.Add(call);
                }
                else
                {
                    previous = call;
                }

                call = next;
            }
        }
    }

    /// <summary>Requests that wait and that another request made.</summary>
    public void CollectWaiting(List<GrainCall> into, int most)
    {
        if (_mailbox.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            for (var call = _mailbox.First; call is not null && into.Count < most; call = call.NextWaiting)
            {
                if (call.Parent is not null)
                {
                    into.Add(call);
                }
            }
        }
    }

    /// <summary>Starts what may start now, after the state that decides it changed.</summary>
    protected void Pump()
    {
        lock (_gate)
        {
            if (_busy || !HasStartable())
            {
                return;
            }

            _busy = true;
        }

        Schedule();
    }

    /// <summary>The requests that run. Under the lock.</summary>
    protected List<GrainCall> Running()
    {
        var calls = new List<GrainCall>();
        for (var call = _running.First; call is not null; call = call.NextRunning)
        {
            calls.Add(call);
        }

        for (var call = _interleaved.First; call is not null; call = call.NextRunning)
        {
            calls.Add(call);
        }

        return calls;
    }

    /// <summary>Takes a request out of those that run. Under the lock.</summary>
    protected void RemoveRunning(GrainCall call)
    {
        if (!call.IsRunning)
        {
            return;
        }

        call.IsRunning = false;

        // The chain of callers is told of running calls only; kept longer, one-way calls that follow each other would make it endless.
        call.Parent = null;
        if (call.IsAlwaysInterleave)
        {
            _interleaved.Remove(call);
        }
        else
        {
            _running.Remove(call);
        }
    }

    /// <summary>Takes all waiting requests out. Under the lock.</summary>
    protected GrainCall? TakeAllWaiting() => _mailbox.TakeAll();

    /// <summary>Whether a request may start beside those that run. Under the lock.</summary>
    protected virtual bool MayInterleave(GrainCall call, GrainCall firstRunning) => call.IsAlwaysInterleave;

    /// <summary>Starts a request as a turn; runs outside the lock.</summary>
    protected abstract void Start(GrainCall call);

    /// <summary>A request is over. Under the lock; must only schedule.</summary>
    protected virtual void OnFinished(GrainCall call)
    {
    }

    protected virtual void OnRejected(GrainCall call, int waiting)
    {
    }

    protected virtual void OnWorkFailed(Exception failure)
    {
    }

    private void Schedule() => Schedule(LocalTurns.MayStayLocal);

    private void Schedule(bool isLocal)
    {
        _isLocal = isLocal;
        ThreadPool.UnsafeQueueUserWorkItem(this, isLocal);
    }

    private void RunTurn(object next, ExecutionContext flow)
    {
        var frame = EnterTurn();
        try
        {
            if (next is Task task)
            {
                // The scope has set the thread's current task; running a real one nests properly.
                _scheduler.Run(task);
            }
            else if (_anchor is null)
            {
                RunInTask(next);
            }
            else
            {
                Begin(next);
            }
        }
        catch (Exception failure)
        {
            OnWorkFailed(failure);
        }
        finally
        {
            ExitTurn(frame);
            ExecutionContext.Restore(flow);
        }
    }

    private void Begin(object next)
    {
        if (next is GrainCall call)
        {
            Start(call);
        }
        else
        {
            ((Action)next)();
        }
    }

    /// <summary>The way where the thread's current task cannot be set: a task of its own for each turn.</summary>
    private void RunInTask(object next)
    {
        var task = new Task(static state => ((TurnStart)state!).Run(), new TurnStart(this, next), CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        task.RunSynchronously(_scheduler);
        if (task.Exception is { InnerException: { } failure })
        {
            OnWorkFailed(failure);
        }
    }

    private object? TakeNext()
    {
        var hasWork = _work is { Count: > 0 };
        if (hasWork && (_callsLast = !_callsLast || _mailbox.IsEmpty))
        {
            return _work!.Dequeue();
        }

        if (AcceptsTurns && TakeStartable() is { } call)
        {
            AddRunning(call);
            return call;
        }

        return hasWork ? _work!.Dequeue() : null;
    }

    private GrainCall? TakeStartable()
    {
        GrainCall? previous = null;
        for (var call = _mailbox.First; call is not null; previous = call, call = call.NextWaiting)
        {
            if (_running.IsEmpty || (call.CanInterleave && MayInterleave(call, _running.First!)))
            {
                _mailbox.Remove(previous, call);
                return call;
            }

            if (_mailbox.Interleavers == 0)
            {
                return null;
            }
        }

        return null;
    }

    private bool HasStartable()
    {
        if (_work is { Count: > 0 })
        {
            return true;
        }

        if (_mailbox.IsEmpty || !AcceptsTurns)
        {
            return false;
        }

        if (_running.IsEmpty)
        {
            return true;
        }

        if (_mailbox.Interleavers == 0)
        {
            return false;
        }

        for (var call = _mailbox.First; call is not null; call = call.NextWaiting)
        {
            if (call.CanInterleave && MayInterleave(call, _running.First!))
            {
                return true;
            }
        }

        return false;
    }

    // Calls that may always interleave hold nobody up, so they are kept apart from those that do.
    private void AddRunning(GrainCall call)
    {
        call.IsRunning = true;
        if (call.IsAlwaysInterleave)
        {
            _interleaved.Add(call);
        }
        else
        {
            _running.Add(call);
        }
    }

    private sealed record TurnStart(TurnQueue Queue, object Next)
    {
        public void Run() => Queue.Begin(Next);
    }
}

/// <summary>What a thread had before a turn began on it.</summary>
internal readonly record struct TurnFrame(TurnQueue? Previous, TurnScope Scope);
