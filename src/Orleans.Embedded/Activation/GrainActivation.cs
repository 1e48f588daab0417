using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Invocation;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Activation;

/// <summary>One activation of a grain: its queue of turns, its instance and its life. See docs/architecture/engine.md for a call's way in.</summary>
internal sealed class GrainActivation : TurnQueue, IGrainContext, IWorkItemScheduler
{
    private readonly SiloNode _silo;
    private readonly GrainClass _class;
    private readonly GrainId _grainId;
    private object? _instance;
    private volatile ActivationState _state = ActivationState.Created;
    private ActivationParts? _parts;
    private ActivationId _activationId;
    private long _lastUsedMs;
    private long _keepUntilMs;
    private int _released;

    public GrainActivation(SiloNode silo, GrainClass grainClass, GrainId grainId)
        : base(silo.StartsInTasks)
    {
        _silo = silo;
        _class = grainClass;
        _grainId = grainId;
        _lastUsedMs = silo.NowMs;
    }

    /// <summary>The activation whose turn runs on this thread; null outside grains.</summary>
    public static new GrainActivation? Current => TurnQueue.Current as GrainActivation;

    public SiloNode Silo => _silo;

    public GrainClass Class => _class;

    public GrainId GrainId => _grainId;

    public ActivationState State => _state;

    public override object? Instance => _instance;

    public override bool IsOneOfMany => _class.StatelessWorkers is not null;

    public override bool IsClosed => _state == ActivationState.Closed || _silo.IsDead;

    public object? GrainInstance => _instance;

    public GrainReference GrainReference => Parts.Reference ??= _silo.CreateUntypedReference(_grainId);

    public ActivationId ActivationId
    {
        get
        {
            lock (Gate)
            {
                return _activationId.IsDefault ? _activationId = ActivationId.NewId() : _activationId;
            }
        }
    }

    public GrainAddress Address => new() { GrainId = _grainId, ActivationId = ActivationId, SiloAddress = _silo.Address };

    public IServiceProvider ActivationServices => (Parts.Scope ??= _silo.Services.CreateScope()).ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => Lifecycle;

    public IWorkItemScheduler Scheduler => this;

    public Task Deactivated => Parts.Gone.Task;

    internal ActivationLifecycle Lifecycle => Parts.Lifecycle ??= new ActivationLifecycle();

    internal ActivationParts Parts => _parts ?? CreateParts();

    internal ActivationParts? ExistingParts => _parts;

    protected override bool AcceptsTurns => _state == ActivationState.Valid;

    protected override bool AcceptsCalls => _state != ActivationState.Closed && !_silo.IsDead;

    protected override bool AllowsDirect => !_class.FiltersItself && !_silo.HasIncomingFilters;

    protected override bool ConsidersInterleaving => _class.IsReentrant || _class.MayInterleave is not null;

    protected override int WaitingLimit => _class.WaitingLimit;

    protected override long SliceMs => _silo.SliceMs;

    // Timers tick within the activation: filters see what comes from outside.
    public override bool HasIncomingFilters(GrainCall call) => (_silo.HasIncomingFilters || _class.FiltersItself) && !call.StaysWithActivation;

    public override void OnCallFailed(Exception? failure)
    {
        _silo.Instruments.CallFailed();
        if (failure is Orleans.Storage.InconsistentStateException race && race.TryTakeSource())
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, failure, "A storage write lost a race."));
        }
    }

    public object? GetTarget() => _instance;

    public object? GetComponent(Type componentType)
    {
        ArgumentNullException.ThrowIfNull(componentType);
        return _parts?.GetComponent(componentType)
            ?? (componentType.IsInstanceOfType(this) ? this : componentType.IsInstanceOfType(_instance) ? _instance : null);
    }

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class => Parts.SetComponent(typeof(TComponent), value);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public void QueueAction(Action action) => EnqueueWork(action);

    public void QueueAction(Action<object> action, object state) => EnqueueWork((Action)(() => action(state)));

    public void QueueTask(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        task.Start(TaskScheduler);
    }

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => Start();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default)
        => Deactivate(new DeactivationReason(DeactivationReasonCode.Migrating, "The activation was asked to move."), cancellationToken);

    /// <summary>Begins the life: builds the instance, reads state and runs <c>OnActivateAsync</c> as the first turn.</summary>
    public void Start()
    {
        lock (Gate)
        {
            if (_state != ActivationState.Created)
            {
                return;
            }

            _state = ActivationState.Activating;
        }

        EnqueueWork((Action)(() => _ = ActivationSteps.ActivateAsync(this)));
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (Gate)
        {
            if (_state >= ActivationState.Deactivating || Parts.Reason is not null)
            {
                return;
            }

            Parts.Reason = deactivationReason;
            if (_state != ActivationState.Valid)
            {
                return;
            }

            BeginDeactivation();
        }
    }

    /// <summary>Keeps from collection for a while; negative takes it back.</summary>
    public void KeepFor(TimeSpan time)
        => Volatile.Write(ref _keepUntilMs, time < TimeSpan.Zero ? 0 : time == TimeSpan.MaxValue ? long.MaxValue : _silo.NowMs + (long)time.TotalMilliseconds);

    /// <summary>Whether the catalog lets go of the activation now, for the first time.</summary>
    public bool TryRelease() => Interlocked.Exchange(ref _released, 1) == 0;

    /// <summary>Deactivates if nothing happened for an age.</summary>
    public bool CollectIfIdle(long ageMs)
    {
        lock (Gate)
        {
            var now = _silo.NowMs;
            if (_state != ActivationState.Valid || HasRunning || WaitingCount > 0 || now - _lastUsedMs < ageMs || now < _keepUntilMs)
            {
                return false;
            }
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nothing was asked of the grain for its collection age."));
        return true;
    }

    public void OnEnterReentrantSection(Guid id) => Parts.EnterSection(id);

    public void OnExitReentrantSection(Guid id) => Parts.ExitSection(id);

    public override string ToString() => $"[{_silo.Address} {_grainId} {_state}]";

    internal void SetInstance(object instance) => _instance = instance;

    /// <summary>Activation is done: calls may start, unless deactivation was asked for meanwhile.</summary>
    internal void BecomeValid()
    {
        lock (Gate)
        {
            _state = ActivationState.Valid;
            if (_parts?.Reason is not null)
            {
                BeginDeactivation();
            }
        }

        Pump();
    }

    /// <summary>Ends the life and gives back the calls that still wait.</summary>
    internal GrainCall? Close()
    {
        lock (Gate)
        {
            _state = ActivationState.Closed;
            return TakeAllWaiting();
        }
    }

    /// <summary>Calls that still run after the activation was closed; those in their first turn on their sender's thread see to themselves.</summary>
    internal List<GrainCall> LeftBehind()
    {
        lock (Gate)
        {
            return Running().FindAll(call => !call.IsDirect);
        }
    }

    /// <summary>The silo is gone without order: every call that runs or waits is taken out.</summary>
    internal List<GrainCall> Abandon()
    {
        var calls = new List<GrainCall>();
        lock (Gate)
        {
            _state = ActivationState.Closed;
            calls.AddRange(Running().Where(call => !call.IsDirect));
            for (var call = TakeAllWaiting(); call is not null; call = call.NextWaiting)
            {
                calls.Add(call);
            }
        }

        return calls;
    }

    protected override void Start(GrainCall call)
    {
        if (call.IsSettled)
        {
            // Its caller has given up while it waited.
            Finished(call);
            return;
        }

        call.Target = this;
        if (call.Context is { } context)
        {
            CallContext.Current = context;
        }

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        call.Begin(this, _instance!);
        call.Method.FirstTurnTook(System.Diagnostics.Stopwatch.GetTimestamp() - began);
    }

    protected override bool MayInterleave(GrainCall call, GrainCall firstRunning)
    {
        if (_class.IsReentrant || call.IsAlwaysInterleave)
        {
            return true;
        }

        if (call.IsReadOnly && AllRunningReadOnly(firstRunning))
        {
            return true;
        }

        if (call.Context is { ReentrancyId: var section } && section != Guid.Empty && _parts?.IsInSection(section) == true)
        {
            return true;
        }

        return _class.MayInterleave is { } predicate && predicate(_instance, call);
    }

    protected override void OnFinished(GrainCall call)
    {
        if (call.CountsAsUse)
        {
            _lastUsedMs = _silo.NowMs;
        }

        if (_state == ActivationState.Deactivating && !HasRunning)
        {
            Leave();
        }
    }

    protected override void OnRejected(GrainCall call, int waiting)
    {
        _silo.Instruments.CallRejected();
        var limit = WaitingLimit;
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Call.TryFail(new LimitExceededException(nameof(Orleans.Configuration.SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), state.Waiting, state.Limit, state.Id)),
            (Call: call, Waiting: waiting, Limit: limit, Id: _grainId),
            preferLocal: false);
    }

    protected override void OnWorkFailed(Exception failure) => _silo.Log.TurnFailed(_grainId, failure);

    private static bool AllRunningReadOnly(GrainCall firstRunning)
    {
        for (var call = firstRunning; call is not null; call = call.NextRunning)
        {
            if (!call.IsReadOnly)
            {
                return false;
            }
        }

        return true;
    }

    // Under the lock, as all three.
    private void BeginDeactivation()
    {
        _state = ActivationState.Deactivating;
        _parts?.StopTimers();
        foreach (var step in Running().OfType<ISequenceStep>())
        {
            // An open sequence would hold the activation for ever; its caller is told.
            RemoveRunning((GrainCall)step);
            ThreadPool.UnsafeQueueUserWorkItem(
                static call => call.TryFail(new EnumerationAbortedException("The grain was deactivated while the sequence was open.")), (GrainCall)step, preferLocal: false);
        }

        if (!HasRunning)
        {
            Leave();
            return;
        }

        // Calls that do not end within the time-out are left behind.
        Parts.LeaveAtLatest = _silo.Time.CreateTimer(static state => ((GrainActivation)state!).OnLeaveAtLatest(), this, _silo.CollectionOptions.DeactivationTimeout, Timeout.InfiniteTimeSpan);
    }

    private void Leave()
    {
        if (Parts.IsLeaving)
        {
            return;
        }

        Parts.IsLeaving = true;
        Parts.LeaveAtLatest?.Dispose();
        EnqueueWork((Action)(() => _ = ActivationSteps.DeactivateAsync(this)));
    }

    private void OnLeaveAtLatest()
    {
        lock (Gate)
        {
            Leave();
        }
    }

    private ActivationParts CreateParts()
    {
        Interlocked.CompareExchange(ref _parts, new ActivationParts(), null);
        return _parts;
    }
}
