using Orleans.Runtime;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Invocation;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Observers;

/// <summary>An object outside grains that can be called: one call at a time, in order, on the thread pool.</summary>
internal sealed class ObserverTarget(ClusterNode node, GrainId id, object observer) : TurnQueue(node.StartsInTasks)
{
    /// <summary>Calls that may wait for one observer. Over it the caller gets a <see cref="LimitExceededException"/>.</summary>
    public const int MaxWaitingCalls = 10_000;

    private volatile bool _closed;

    public GrainId Id => id;

    public override object? Instance => observer;

    public override bool IsClosed => _closed;

    protected override bool AcceptsTurns => !_closed;

    protected override bool AcceptsCalls => !_closed;

    protected override bool AllowsDirect => false;

    protected override int WaitingLimit => MaxWaitingCalls;

    public void Close()
    {
        GrainCall? waiting;
        lock (Gate)
        {
            _closed = true;
            waiting = TakeAllWaiting();
        }

        for (; waiting is not null; waiting = waiting.NextWaiting)
        {
            waiting.TryFail(new ClientNotAvailableException($"The observer {id} was deleted."));
        }
    }

    protected override void Start(GrainCall call)
    {
        if (call.IsSettled)
        {
            Finished(call);
            return;
        }

        call.Target = this;
        if (call.Context is { } context)
        {
            CallContext.Current = context;
        }

        call.Begin(this, observer);
    }

    protected override void OnRejected(GrainCall call, int waiting)
        => ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Call.TryFail(new LimitExceededException("ObserverQueue", state.Waiting, MaxWaitingCalls, state.Id)),
            (Call: call, Waiting: waiting, Id: id),
            preferLocal: false);

    protected override void OnWorkFailed(Exception failure) => node.Log.TurnFailed(id, failure);
}
