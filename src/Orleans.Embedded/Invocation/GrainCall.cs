using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Invocation;

/// <summary>
/// One call of a grain method: the arguments (in fields of the generated class) and, once it is sent, its place in the target's queue.
/// Used by one sender once; a call that completed on its sender's thread may be used again by that thread.
/// </summary>
public abstract class GrainCall : IInvokable
{
    private ClusterNode? _node;
    private int _settled;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _registration;

    /// <summary>The method.</summary>
    public abstract GrainMethod Method { get; }

    /// <inheritdoc/>
    public virtual bool IsCancellable => false;

    /// <summary>Whether the call means this activation and no later one.</summary>
    internal virtual bool StaysWithActivation => false;

    /// <summary>Whether the call keeps its activation from being collected as idle.</summary>
    internal virtual bool CountsAsUse => true;

    internal GrainCall? NextWaiting { get; set; }

    internal GrainCall? NextRunning { get; set; }

    internal GrainCall? PreviousRunning { get; set; }

    /// <summary>Whether the call runs its first turn on its sender's thread, which alone may touch it then.</summary>
    internal bool IsDirect { get; set; }

    /// <summary>Whether the call is in its queue's list of running calls; guarded by the queue's lock.</summary>
    internal bool IsRunning { get; set; }

    internal GrainReference Reference { get; set; } = null!;

    /// <summary>Who sends the call: the silo whose grain calls, else the node that made the reference.</summary>
    internal ClusterNode Node
    {
        get => _node ?? Reference.Node;
        set => _node = value;
    }

    internal TurnQueue? Source { get; set; }

    internal GrainCall? Parent { get; set; }

    internal TurnQueue? Target { get; set; }

    internal CallContext? Context { get; set; }

    internal long Deadline { get; set; } = long.MaxValue;

    /// <summary>When the call was sent; 0 when nobody wants to know.</summary>
    internal long SentAt { get; set; }

    internal int ForwardCount { get; set; }

    internal bool IsOneWay { get; set; }

    internal bool IsSettled => Volatile.Read(ref _settled) != 0;

    internal bool HasToken => IsCancellable && GetCancellationToken().CanBeCanceled;

    internal bool IsAlwaysInterleave => (Method.Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    internal bool IsReadOnly => (Method.Options & InvokeMethodOptions.ReadOnly) != 0;

    /// <summary>Whether the call could start beside another; decides if the queue must be searched.</summary>
    internal bool CanInterleave => InterleaveHint || IsReadOnly || IsAlwaysInterleave || Context is { ReentrancyId: var id } && id != Guid.Empty;

    internal bool InterleaveHint { get; set; }

    /// <inheritdoc/>
    public virtual int GetArgumentCount() => 0;

    /// <inheritdoc/>
    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public virtual void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public virtual CancellationToken GetCancellationToken() => default;

    /// <inheritdoc/>
    public string GetMethodName() => Method.Name;

    /// <inheritdoc/>
    public string GetInterfaceName() => Method.InterfaceType.Name;

    /// <inheritdoc/>
    public string GetActivityName() => Method.ToString();

    /// <inheritdoc/>
    public Type GetInterfaceType() => Method.InterfaceType;

    /// <inheritdoc/>
    public MethodInfo GetMethod() => Method.Method;

    /// <inheritdoc/>
    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    /// <inheritdoc/>
    public object? GetTarget() => Target;

    /// <inheritdoc/>
    public void SetTarget(ITargetHolder holder)
    {
        // The runtime binds the target itself; filters have no business here.
    }

    /// <inheritdoc/>
    public bool TryCancel()
    {
        if (_cancellation is null)
        {
            return false;
        }

        _cancellation.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public abstract ValueTask<Response> Invoke();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the arguments.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Gives the object back for the next call of this thread; generated classes clear their arguments.</summary>
    protected virtual void Recycle()
    {
    }

    /// <summary>Replaces the token argument; generated for methods that have one.</summary>
    protected virtual void SetCancellationToken(CancellationToken token)
    {
    }

    internal bool IsExpired(long now) => Deadline <= now && !IsSettled;

    internal bool TrySettle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            return false;
        }

        if (SentAt != 0)
        {
            Node.Calls.Answered(SentAt);
        }

        return true;
    }

    /// <summary>The first turn is over on the sender's thread and the call is not: from here on it is like one that was queued.</summary>
    internal void LeaveSender(TurnQueue? source)
    {
        Source = source;
        Parent = source?.OldestRunning;
        Node.Track(this);
        IsDirect = false;

        // Whoever closes an activation leaves calls on their senders' threads alone; one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (Target is not OrleansEmbedded.Activation.GrainActivation { IsClosed: true } closed)
        {
            return;
        }

        if (!closed.Silo.IsDead)
        {
            closed.Silo.KeepWatch([this]);
        }
        else
        {
            TryFail(new SiloUnavailableException($"The silo of {Reference.GrainId} was gone before {Method} was done."));
        }
    }

    /// <summary>What a call of a method that gave no task at all ends with.</summary>
    internal InvalidOperationException NoTask() => new($"{Method} of {Reference.GrainId} returned null instead of a task.");

    internal void Reuse()
    {
        IsDirect = false;
        _node = null;
        Reference = null!;
        Target = null;
        Recycle();
    }

    /// <summary>Starts the call as a turn of its queue.</summary>
    internal abstract void Begin(TurnQueue queue, object instance);

    /// <summary>Ends the call for its caller. False when it has ended already.</summary>
    internal abstract bool TryFail(Exception failure);

    /// <summary>
    /// Gives the grain a token of its own, cancelled as a turn of the grain when the caller's is. The caller does not wait for the grain.
    /// </summary>
    internal void LinkToken()
    {
        var callers = GetCancellationToken();
        _cancellation = new CancellationTokenSource();
        SetCancellationToken(_cancellation.Token);
        _registration = callers.UnsafeRegister(static (state, token) => ((GrainCall)state!).OnCallerCancelled(token), this);
    }

    internal void CancelAtTarget()
    {
        if (_cancellation is not { } source)
        {
            return;
        }

        if (Target is { } target)
        {
            target.EnqueueWork((Action)source.Cancel);
        }
        else
        {
            source.Cancel();
        }
    }

    internal void ReleaseToken() => _registration.Unregister();

    private void OnCallerCancelled(CancellationToken token)
    {
        CancelAtTarget();
        if (!Node.WaitForCancellation)
        {
            TryFail(new OperationCanceledException($"The caller cancelled {Method}.", token));
        }
    }
}
