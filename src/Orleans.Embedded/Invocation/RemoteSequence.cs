using Orleans.CodeGeneration;
using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Invocation;

/// <summary>The caller's side of an asynchronous enumeration: each step asks the grain for the items that are ready.</summary>
internal sealed class RemoteSequence<TItem>(EnumerableCall<TItem> call) : IAsyncEnumerable<TItem>
{
    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => new Enumerator(call, cancellationToken);

    private sealed class Enumerator(EnumerableCall<TItem> call, CancellationToken cancellationToken) : IAsyncEnumerator<TItem>
    {
        private readonly Guid _id = OrleansEmbedded.Identity.UniqueIds.Next();
        private List<TItem> _items = [];
        private int _at = -1;
        private bool _started;
        private bool _ended;

        public TItem Current => _items[_at];

        public async ValueTask<bool> MoveNextAsync()
        {
            while (++_at >= _items.Count)
            {
                if (_ended)
                {
                    return false;
                }

                cancellationToken.ThrowIfCancellationRequested();
                var batch = await StepAsync(_started ? EnumerationVerb.Next : EnumerationVerb.Start).WaitAsync(cancellationToken);
                _started = true;
                (_items, _ended, _at) = (batch.Items, batch.IsLast, -1);
                if (batch.Failure is { } failure)
                {
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure).Throw();
                }
            }

            return true;
        }

        public async ValueTask DisposeAsync()
        {
            if (_started && !_ended)
            {
                _ended = true;
                await StepAsync(EnumerationVerb.Stop);
            }
        }

        private Task<EnumerationBatch<TItem>> StepAsync(EnumerationVerb verb)
        {
            var step = new EnumerationStep<TItem>(call, _id, verb) { Reference = call.Reference };
            return ((GrainProxy)call.Reference).SendQueued(step);
        }
    }
}

internal enum EnumerationVerb
{
    Start,
    Next,
    Stop,
}

/// <summary>Items of an enumeration that were ready together.</summary>
[Orleans.Immutable]
internal sealed record EnumerationBatch<TItem>(List<TItem> Items, bool IsLast, Exception? Failure);

/// <summary>Marks calls that may wait as long as a sequence is open.</summary>
internal interface ISequenceStep;

/// <summary>One step of an enumeration, as a call that may interleave: an open enumeration does not hold up the grain.</summary>
internal sealed class EnumerationStep<TItem>(EnumerableCall<TItem> call, Guid id, EnumerationVerb verb) : ResultCall<EnumerationBatch<TItem>>, ISequenceStep
{
    private readonly GrainMethod _method = new(
        call.Method.InterfaceType, call.Method.Name, InvokeMethodOptions.AlwaysInterleave, call.Method.ResponseTimeout, () => call.Method.Method);

    public override GrainMethod Method => _method;

    protected override Task<EnumerationBatch<TItem>> Execute(object target)
    {
        var open = ((GrainActivation)Target!).Parts.GetOrAddComponent(static () => new OpenEnumerations());
        return verb == EnumerationVerb.Stop
            ? open.StopAsync<TItem>(id)
            : open.NextAsync<TItem>(id, verb == EnumerationVerb.Start ? () => call.ExecuteNow(target) : null);
    }
}
