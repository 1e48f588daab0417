using Orleans.Runtime;
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
        call.Reference = this;
        var node = Node;
        if (node.HasOutgoingFilters)
        {
            return node.SendThroughFiltersAsync(call);
        }

        if (CanStartDirect(call) && FindTarget() is { } target && target.TryEnterDirect(call))
        {
            return call.RunDirect(target);
        }

        return SendQueued(call);
    }

    /// <summary>Sends a call without a value.</summary>
    protected Task SendAsync(PlainCall call)
    {
        call.Reference = this;
        var node = Node;
        if (node.HasOutgoingFilters)
        {
            return node.SendThroughFiltersAsync(call);
        }

        if (CanStartDirect(call) && FindTarget() is { } target && target.TryEnterDirect(call))
        {
            return call.RunDirect(target);
        }

        return SendQueued(call);
    }

    /// <summary>Sends a call nobody waits for. Failures are logged where the call runs.</summary>
    protected void SendOneWay(PlainCall call)
    {
        call.Reference = this;
        call.IsOneWay = true;
        if (Node.HasOutgoingFilters)
        {
            Node.Observe(Node.SendThroughFiltersAsync(call), call);
            return;
        }

        Node.Observe(SendQueued(call), call);
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
        Node.Send(call, FindTarget());
        return promise;
    }

    internal Task SendQueued(PlainCall call)
    {
        var promise = call.CreatePromise();
        Node.Send(call, FindTarget());
        return promise;
    }

    private bool CanStartDirect(GrainCall call)
        => call.Method.MayStartDirect && Node.AllowsDirect && !call.HasToken && DirectBudget.TryTake() && SynchronizationContext.Current is null
            && !ExecutionContext.IsFlowSuppressed();

    private TurnQueue? FindTarget()
    {
        if (_target is { IsClosed: false } known)
        {
            return known;
        }

        var found = Node.FindTarget(this);

        // Each call to a stateless worker chooses anew.
        return found is { IsOneOfMany: true } ? found : _target = found;
    }
}
