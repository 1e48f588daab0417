using Orleans.Runtime;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Invocation;

/// <summary>Base of generated proxies: every interface method makes a call object and hands it to one of the methods here.</summary>
public abstract class GrainProxy : GrainReference
{
    private TurnQueue? _target;

    /// <summary>Binds the proxy.</summary>
    protected GrainProxy(ProxyBinding binding)
        : base(binding)
    {
    }

    /// <summary>Sends a call that returns a value.</summary>
    protected Task<TResult> SendAsync<TResult>(ResultCall<TResult> call)
    {
        var node = Begin(call);
        if (node.HasOutgoingFilters)
        {
            return node.SendThroughFiltersAsync(call);
        }

        if (CanStartDirect(call, node) && FindTarget(node) is { } target && target.TryEnterDirect(call))
        {
            return call.RunDirect(target);
        }

        return SendQueued(call);
    }

    /// <summary>Sends a call without a value.</summary>
    protected Task SendAsync(PlainCall call)
    {
        var node = Begin(call);
        if (node.HasOutgoingFilters)
        {
            return node.SendThroughFiltersAsync(call);
        }

        if (CanStartDirect(call, node) && FindTarget(node) is { } target && target.TryEnterDirect(call))
        {
            return call.RunDirect(target);
        }

        return SendQueued(call);
    }

    /// <summary>Sends a call nobody waits for. Failures are logged where the call runs.</summary>
    protected void SendOneWay(PlainCall call)
    {
        var node = Begin(call);
        call.IsOneWay = true;
        if (node.HasOutgoingFilters)
        {
            node.Observe(node.SendThroughFiltersAsync(call), call);
            return;
        }

        node.Observe(SendQueued(call), call);
    }

    /// <summary>Makes the sequence of an asynchronous enumeration; nothing is sent before it is enumerated.</summary>
    protected IAsyncEnumerable<TItem> Enumerate<TItem>(EnumerableCall<TItem> call)
    {
        call.Reference = this;
        call.KeepToken();
        return new RemoteSequence<TItem>(call);
    }

    internal Task<TResult> SendQueued<TResult>(ResultCall<TResult> call)
    {
        var promise = call.CreatePromise();
        call.Node.Send(call, FindTarget(call.Node));
        return promise;
    }

    internal Task SendQueued(PlainCall call)
    {
        var promise = call.CreatePromise();
        call.Node.Send(call, FindTarget(call.Node));
        return promise;
    }

    /// <summary>A reference that came as an argument was made elsewhere; the call is the calling silo's, with its filters, time-outs and counts.</summary>
    private ClusterNode Begin(GrainCall call)
    {
        call.Reference = this;
        if (TurnQueue.Current is not GrainActivation caller)
        {
            return Node;
        }

        return call.Node = caller.Silo;
    }

    private static bool CanStartDirect(GrainCall call, ClusterNode node)
        => call.Method.MayStartDirect && node.AllowsDirect && !call.HasToken && DirectBudget.TryTake() && SynchronizationContext.Current is null
            && !ExecutionContext.IsFlowSuppressed();

    private TurnQueue? FindTarget(ClusterNode node)
    {
        if (_target is { IsClosed: false } known)
        {
            return known;
        }

        var found = node.FindTarget(this);

        // Each call to a stateless worker chooses anew.
        return found is { IsOneOfMany: true } ? found : _target = found;
    }
}
