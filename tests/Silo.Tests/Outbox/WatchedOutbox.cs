using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>An outbox that tells when a sender has settled something.</summary>
internal class WatchedOutbox(IOutbox inner) : IOutbox
{
    private readonly Lock _gate = new();
    private int _recoveries;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many senders have begun.</summary>
    public int Recoveries => Volatile.Read(ref _recoveries);

    /// <summary>Completes with the next change.</summary>
    public Task NextChange
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public virtual Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken) => TellAfterAsync(inner.MarkDeliveredAsync(deliveryId, at, cancellationToken));

    public Task MarkFailedAsync(string deliveryId, DateTimeOffset nextAt, string error, CancellationToken cancellationToken) =>
        TellAfterAsync(inner.MarkFailedAsync(deliveryId, nextAt, error, cancellationToken));

    public Task MarkDeadAsync(string deliveryId, string error, CancellationToken cancellationToken) => TellAfterAsync(inner.MarkDeadAsync(deliveryId, error, cancellationToken));

    public Task ReleaseAsync(string deliveryId, DateTimeOffset nextAt, CancellationToken cancellationToken) => TellAfterAsync(inner.ReleaseAsync(deliveryId, nextAt, cancellationToken));

    public Task<IReadOnlyList<OutboxDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken) => inner.ClaimAsync(claim, cancellationToken);

    public Task<DateTimeOffset?> FindNextDueAsync(DateTimeOffset now, IReadOnlySet<string> except, CancellationToken cancellationToken) => inner.FindNextDueAsync(now, except, cancellationToken);

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await inner.RecoverAsync(cancellationToken);
        Interlocked.Increment(ref _recoveries);
        await TellAfterAsync(Task.CompletedTask);
    }

    public Task HurryAsync(string destinationId, DateTimeOffset now, CancellationToken cancellationToken) => inner.HurryAsync(destinationId, now, cancellationToken);

    public Task<(ReplayOutcome Outcome, string Restaurant)> ReplayAsync(string? restaurant, string deliveryId, CancellationToken cancellationToken) => inner.ReplayAsync(restaurant, deliveryId, cancellationToken);

    public Task<int> ReplayDeadAsync(string destinationId, CancellationToken cancellationToken) => inner.ReplayDeadAsync(destinationId, cancellationToken);

    public Task<IReadOnlyList<DeliveryRecord>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public Task<OutboxBacklog> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    private async Task TellAfterAsync(Task work)
    {
        await work;
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}

/// <summary>A process that dies between the receiver's answer and its own note of it.</summary>
internal sealed class ForgettingOutbox(IOutbox inner) : WatchedOutbox(inner)
{
    private readonly TaskCompletionSource _forgot = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Forgot => _forgot.Task;

    public override Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _forgot.TrySetResult();
        throw new InvalidOperationException("The process is gone.");
    }
}
