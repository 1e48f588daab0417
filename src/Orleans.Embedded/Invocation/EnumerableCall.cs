using Orleans.Serialization.Invocation;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Invocation;

/// <summary>A call of a method that returns <c>IAsyncEnumerable&lt;T&gt;</c>.</summary>
/// <typeparam name="TItem">The items.</typeparam>
public abstract class EnumerableCall<TItem> : GrainCall
{
    /// <summary>Calls the grain; generated.</summary>
    protected abstract IAsyncEnumerable<TItem> Execute(object target);

    /// <inheritdoc/>
    public override ValueTask<Response> Invoke() => ValueTask.FromResult(Response.FromResult(Execute(Target!.Instance!)));

    internal IAsyncEnumerable<TItem> ExecuteNow(object instance) => Execute(instance);

    internal override void Begin(TurnQueue queue, object instance)
        => throw new InvalidOperationException("An enumeration is driven by its steps.");

    internal override bool TryFail(Exception failure) => false;
}
