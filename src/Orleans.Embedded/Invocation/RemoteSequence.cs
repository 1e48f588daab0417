using Orleans.CodeGeneration;
using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Invocation;

/// <summary>The caller's side of an asynchronous enumeration: each step asks the grain for the items that are ready.</summary>
internal sealed class RemoteSequence<TItem>(EnumerableCall<TItem> call) : IAsyncEnumerable<TItem>
{
    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => new Enumerator(call, call.CallersToken, cancellationToken);

    private sealed class Enumerator : IAsyncEnumerator<TItem>
    {
        private readonly EnumerableCall<TItem> _call;
        private readonly TimeSpan _longestWait;
        private readonly CancellationTokenSource? _linked;
        private readonly CancellationToken _cancellationToken;
        private readonly Guid _id = OrleansEmbedded.Identity.UniqueIds.Next();
        private List<TItem> _items = [];
        private int _at = -1;
        private bool _started;
        private bool _ended;

        public Enumerator(EnumerableCall<TItem> call, CancellationToken ofCall, CancellationToken ofEnumeration)
        {
            var timeout = call.Method.ResponseTimeout ?? call.Reference.Node.ResponseTimeout;
            _call = call;
            _longestWait = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout / 2;
            _linked = ofCall.CanBeCanceled && ofEnumeration.CanBeCanceled && ofCall != ofEnumeration
                ? CancellationTokenSource.CreateLinkedTokenSource(ofCall, ofEnumeration)
                : null;
            _cancellationToken = _linked?.Token ?? (ofCall.CanBeCanceled ? ofCall : ofEnumeration);
        }

        public TItem Current => _items[_at];

        public async ValueTask<bool> MoveNextAsync()
        {
            while (++_at >= _items.Count)
            {
                if (_ended)
                {
                    return false;
                }

                _cancellationToken.ThrowIfCancellationRequested();
                var batch = await NextBatchAsync();
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
                try
                {
                    await StepAsync(EnumerationVerb.Stop);
                }
                catch (Exception)
                {
                    // The sequence goes with its activation, and the caller wants no more of it.
                }
            }

            _linked?.Dispose();
        }

        private async Task<EnumerationBatch<TItem>> NextBatchAsync()
        {
            var step = StepAsync(_started ? EnumerationVerb.Next : EnumerationVerb.Start);
            _started = true;
            try
            {
                return await step.WaitAsync(_cancellationToken);
            }
            catch (EnumerationAbortedException)
            {
                _ended = true;
                throw;
            }
            catch (OperationCanceledException) when (!step.IsCompleted)
            {
                _ = step.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                throw;
            }
        }

        private Task<EnumerationBatch<TItem>> StepAsync(EnumerationVerb verb)
        {
            var step = new EnumerationStep<TItem>(_call, _id, verb, _longestWait) { Reference = _call.Reference };
            return ((GrainProxy)_call.Reference).SendQueued(step);
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
internal sealed class EnumerationStep<TItem>(EnumerableCall<TItem> call, Guid id, EnumerationVerb verb, TimeSpan longestWait) : ResultCall<EnumerationBatch<TItem>>, ISequenceStep
{
    private readonly GrainMethod _method = new(
        call.Method.InterfaceType, call.Method.Name, InvokeMethodOptions.AlwaysInterleave, call.Method.ResponseTimeout, () => call.Method.Method);

    public override GrainMethod Method => _method;

    protected override async Task<EnumerationBatch<TItem>> Execute(object target)
    {
        var activation = (GrainActivation)Target!;
        var silo = activation.Silo;
        var open = activation.Parts.GetOrAddComponent(() => new OpenEnumerations(() => silo.NowMs, silo.ResponseTimeout));
        if (verb == EnumerationVerb.Stop)
        {
            await open.StopAsync(id);
            return new EnumerationBatch<TItem>([], true, null);
        }

        return await open.NextAsync<TItem>(
            id, verb == EnumerationVerb.Start ? () => new OpenSequence<TItem>(token => call.ExecuteNow(target, token), silo.Time) : null, longestWait);
    }
}
