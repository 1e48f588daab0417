using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using OrleansEmbedded.GeneratedCode;
using OrleansEmbedded.Invocation;
using OrleansEmbedded.Membership;
using OrleansEmbedded.Observers;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Hosting;

/// <summary>A silo or client as a sender of calls: makes references, finds targets, queues calls and counts their time.</summary>
internal abstract class ClusterNode
{
    private const int MaxForwards = 64;

    private readonly ConcurrentDictionary<Type, GrainInterface> _interfaces = new();
    private readonly ConcurrentDictionary<object, GrainReference> _observers = new(ReferenceEqualityComparer.Instance);
    private readonly IOutgoingGrainCallFilter[] _outgoing;
    private readonly TimeSpan _responseTimeout;
    private long _nowMs;

    protected ClusterNode(IServiceProvider services, InProcessCluster cluster, TimeProvider time, MessagingOptions messaging, EngineInstruments instruments, ILogger logger, IEnumerable<IOutgoingGrainCallFilter> outgoing)
    {
        Services = services;
        Cluster = cluster;
        Time = time;
        Log = new EngineLog(logger);
        Instruments = instruments;
        Calls = instruments.Calls;
        WaitForCancellation = messaging.WaitForCancellationAcknowledgement;
        CancelOnTimeout = messaging.CancelRequestOnTimeout;
        _responseTimeout = System.Diagnostics.Debugger.IsAttached ? messaging.ResponseTimeoutWithDebugger : messaging.ResponseTimeout;
        _outgoing = [.. outgoing];
        _nowMs = ReadClock();
    }

    public IServiceProvider Services { get; }

    public InProcessCluster Cluster { get; }

    public TimeProvider Time { get; }

    public EngineLog Log { get; }

    public bool WaitForCancellation { get; }

    public bool CancelOnTimeout { get; }

    public bool HasOutgoingFilters => _outgoing.Length > 0;

    /// <summary>The calls this node sends, counted while somebody listens.</summary>
    public CallStatistics Calls { get; }

    /// <summary>Whether turns run inside tasks though this framework could do better; for tests of that way.</summary>
    public bool StartsInTasks { get; } = AppContext.TryGetSwitch("OrleansEmbedded.Scheduling.StartTurnsInTasks", out var isOn) && isOn;

    /// <summary>Whether calls may start on the caller's thread at all.</summary>
    public virtual bool AllowsDirect => true;

    /// <summary>The clock in milliseconds, read a few times a second: exact enough for time-outs and idle ages.</summary>
    public virtual long NowMs => Volatile.Read(ref _nowMs);

    public EngineInstruments Instruments { get; }

    public TimeSpan ResponseTimeout => _responseTimeout;

    /// <summary>The silo that gets new activations of callers here by preference.</summary>
    protected virtual SiloNode? LocalSilo => null;

    public void ReadTime() => Volatile.Write(ref _nowMs, ReadClock());

    public GrainInterface InterfaceOf(Type type) => _interfaces.GetOrAdd(type, GrainManifest.Current.InterfaceOf);

    public object CreateReference(GrainId id, Type interfaceType)
    {
        var description = InterfaceOf(interfaceType);
        return description.CreateProxy(new ProxyBinding(this, id, description.InterfaceType));
    }

    public GrainReference CreateUntypedReference(GrainId id) => new UntypedReference(new ProxyBinding(this, id, default));

    /// <summary>Finds the target of a reference, making an activation when there is none. Null when there is nowhere to make one.</summary>
    public TurnQueue? FindTarget(GrainReference reference)
    {
        var id = reference.GrainId;
        if (Cluster.Directory.Find(id) is { } activation)
        {
            return activation;
        }

        if (ObserverIds.IsObserver(id))
        {
            return Cluster.Observers.GetValueOrDefault(id);
        }

        return Placement.PlacementDirector.Choose(Cluster, LocalSilo, id)?.Activate(id);
    }

    /// <summary>Queues a call at its target.</summary>
    public void Send(GrainCall call, TurnQueue? target)
    {
        var source = TurnQueue.Current;
        call.SentAt = Calls.Now;
        call.Source = source;
        call.Parent = source?.OldestRunning;
        call.Context = CallContext.Current;
        Track(call);
        if (call.HasToken)
        {
            if (call.GetCancellationToken() is { IsCancellationRequested: true } token)
            {
                target?.Release();
                call.TryFail(new OperationCanceledException($"The call of {call.Method} was cancelled before it was sent.", token));
                return;
            }

            call.LinkToken();
        }

        Deliver(call, target);
    }

    /// <summary>Sets when a call that does not end at once is over for its caller.</summary>
    public void Track(GrainCall call)
    {
        var timeout = call.Method.ResponseTimeout ?? _responseTimeout;
        call.Deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : NowMs + (long)timeout.TotalMilliseconds;
    }

    /// <summary>Sends a call again that its activation gave back.</summary>
    public void Forward(GrainCall call, DeactivationReason reason)
    {
        if (++call.ForwardCount > MaxForwards)
        {
            call.TryFail(new OrleansMessageRejectionException($"{call.Method} of {call.Reference.GrainId} was given back {MaxForwards} times, the last time because {reason}."));
            return;
        }

        call.Node.Deliver(call, null);
    }

    public async Task<TResult> SendThroughFiltersAsync<TResult>(ResultCall<TResult> call)
    {
        call.Source = TurnQueue.Current;
        var context = new OutgoingCall(call, _outgoing, async () => Response.FromResult(await ((GrainProxy)call.Reference).SendQueued(call)));
        await context.Invoke();
        return context.Response is { } response ? response.GetResult<TResult>() : default!;
    }

    public async Task SendThroughFiltersAsync(PlainCall call)
    {
        call.Source = TurnQueue.Current;
        var context = new OutgoingCall(call, _outgoing, async () =>
        {
            await ((GrainProxy)call.Reference).SendQueued(call);
            return Response.Completed;
        });
        await context.Invoke();
    }

    /// <summary>Logs the failure of a call nobody waits for.</summary>
    public void Observe(Task task, GrainCall call)
        => task.ContinueWith(
            (finished, state) => Log.OneWayFailed((GrainCall)state!, finished.Exception!.InnerException!),
            call,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            System.Threading.Tasks.TaskScheduler.Default);

    public object CreateObserverReference(Type interfaceType, object observer)
    {
        var id = ObserverIds.New();
        Cluster.Observers[id] = new ObserverTarget(this, id, observer);
        var reference = CreateReference(id, interfaceType);
        _observers[observer] = (GrainReference)reference;
        return reference;
    }

    public void DeleteObserverReference(object observer)
    {
        var id = observer is GrainReference reference
            ? reference.GrainId
            : _observers.TryGetValue(observer, out var known) ? known.GrainId : throw new ArgumentException("The object has no reference to delete.", nameof(observer));
        if (Cluster.Observers.TryRemove(id, out var target))
        {
            _observers.TryRemove(target.Instance!, out _);
            target.Close();
        }
    }

    private void Deliver(GrainCall call, TurnQueue? target)
    {
        try
        {
            for (var attempt = 0; attempt < MaxForwards; attempt++)
            {
                target ??= FindTarget(call.Reference);
                if (target is null)
                {
                    break;
                }

                if (target.TryEnqueue(call))
                {
                    return;
                }

                target = null;
            }

            call.TryFail(ObserverIds.IsObserver(call.Reference.GrainId)
                ? new ClientNotAvailableException($"There is no observer {call.Reference.GrainId}: it was deleted or its client is gone.")
                : new SiloUnavailableException($"No silo serves {call.Reference.GrainId}: the cluster is stopping or has not started."));
        }
        catch (Exception failure)
        {
            call.TryFail(failure);
        }
    }

    private long ReadClock() => Time.GetTimestamp() / (Time.TimestampFrequency / 1000);
}
