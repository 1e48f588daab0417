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

    /// <summary>The token the caller gave. The grain gets one that is cancelled when the caller enumerates no more, for whatever reason.</summary>
    internal CancellationToken CallersToken { get; private set; }

    internal void KeepToken() => CallersToken = GetCancellationToken();

    internal IAsyncEnumerable<TItem> ExecuteNow(object instance, CancellationToken token)
    {
        SetCancellationToken(token);
        return Execute(instance);
    }

    internal override void Begin(TurnQueue queue, object instance)
        => throw new InvalidOperationException("An enumeration is driven by its steps.");

    internal override bool TryFail(Exception failure) => false;
}
