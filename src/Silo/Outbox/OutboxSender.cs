using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>
/// Sends what is due, as much at a time as each destination can take. A dead destination holds up nobody but itself, and nothing is marked as sent before the receiver
/// has confirmed it: after a crash it goes out again under the same id.
/// </summary>
internal sealed partial class OutboxSender(
    IOutbox outbox, IDestinationStore destinations, IEnumerable<IDeliveryChannel> channels, OutboxSender.Surroundings around, ILogger<OutboxSender> log) : BackgroundService
{
    private const int ClaimLimit = 200;
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<DestinationKind, IDeliveryChannel> _channels = channels.ToDictionary(channel => channel.Kind);
    private readonly DestinationLanes _lanes = new(around.Settings);
    private readonly HashSet<Task> _running = [];
    private readonly Lock _gate = new();
    private DateTimeOffset _countAt;

    private OutboxSettings Settings => around.Settings;

    private DateTimeOffset Now => around.Time.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isRecovered = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isRecovered)
                {
                    await outbox.RecoverAsync(stoppingToken);
                    isRecovered = true;
                }

                around.Signal.Lower();
                await HurryAsync(stoppingToken);
                await StartDueAsync(stoppingToken);
                await WaitAsync(await CountAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                StoreFailed(log, fault);
                await Task.Delay(AfterFault, around.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
    }

    private async Task HurryAsync(CancellationToken stoppingToken)
    {
        foreach (var destination in around.Signal.TakeHurried())
        {
            await outbox.HurryAsync(destination, Now, stoppingToken);
            _lanes.Forgive(destination);
        }
    }

    /// <summary>Counts what waits, though not at every turn.</summary>
    /// <returns>When to look again at the latest.</returns>
    private async Task<DateTimeOffset> CountAsync(CancellationToken stoppingToken)
    {
        if (Now < _countAt)
        {
            return _countAt;
        }

        around.Metrics.Counted(await outbox.CountAsync(stoppingToken));
        _countAt = Now + CountEvery;
        return Now + LookAtLeastEvery;
    }

    private async Task StartDueAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            int free;
            lock (_gate)
            {
                free = Math.Min(Settings.AtOnce - _running.Count, ClaimLimit);
            }

            if (free <= 0)
            {
                return;
            }

            // The lease outlives the attempt, so that nobody sends what is being sent.
            var claimed = await outbox.ClaimAsync(new OutboxClaim(Now, Settings.Timeout * 3, free, Settings.PerDestination, _lanes.Places(Now)), stoppingToken);
            var started = 0;
            foreach (var delivery in claimed)
            {
                if (TryBegin(delivery, stoppingToken))
                {
                    started++;
                }
                else
                {
                    await outbox.ReleaseAsync(delivery.DeliveryId, Now, stoppingToken);
                }
            }

            if (started == 0)
            {
                return;
            }
        }
    }

    private bool TryBegin(OutboxDelivery delivery, CancellationToken stoppingToken)
    {
        if (!_lanes.TryBegin(delivery, Now))
        {
            return false;
        }

        lock (_gate)
        {
            var attempt = Task.Run(() => AttemptAsync(delivery, stoppingToken), CancellationToken.None);
            _running.Add(attempt);
            _ = attempt.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return true;
        }
    }

    private void Ended(Task attempt)
    {
        lock (_gate)
        {
            _running.Remove(attempt);
        }

        around.Signal.Raise();
    }

    private async Task AttemptAsync(OutboxDelivery delivery, CancellationToken stoppingToken)
    {
        try
        {
            var result = await SendAsync(delivery, stoppingToken);
            var now = Now;
            var isBack = _lanes.End(delivery.DestinationId, result, now, around.Jitter());
            around.Metrics.Attempted(delivery.Channel, result.Outcome);
            await KeepAsync(delivery, result, DeliverySchedule.After(Settings, delivery, result, now, around.Jitter()));
            if (isBack)
            {
                await outbox.HurryAsync(delivery.DestinationId, now, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _lanes.Abandon(delivery.DestinationId);
            await ReleaseQuietlyAsync(delivery);
        }
        catch (Exception fault)
        {
            // Nothing was marked: the lease brings it back.
            StoreFailed(log, fault);
        }
    }

    /// <summary>One attempt. Whatever goes wrong on our side of it is a failure like any other: it is counted, backed off from and shown with the delivery.</summary>
    private async Task<SendResult> SendAsync(OutboxDelivery delivery, CancellationToken stoppingToken)
    {
        try
        {
            return await destinations.FindAsync(delivery.DestinationId, stoppingToken) is { } destination
                ? await _channels[destination.Kind].SendAsync(destination, delivery, stoppingToken)
                : SendResult.Refused("the destination was removed");
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            AttemptBroke(log, fault, delivery.DeliveryId);
            return SendResult.Failed($"could not be sent: {fault.GetType().Name}");
        }
    }

    private async Task KeepAsync(OutboxDelivery delivery, SendResult result, DeliveryStep step)
    {
        switch (step.State)
        {
            case DeliveryState.Delivered:
                await outbox.MarkDeliveredAsync(delivery.DeliveryId, step.At, CancellationToken.None);
                break;
            case DeliveryState.Dead:
                await outbox.MarkDeadAsync(delivery.DeliveryId, result.Error, CancellationToken.None);
                GivenUp(log, delivery.DeliveryId, delivery.DestinationId, delivery.Attempts + 1, result.Error);
                break;
            default:
                await outbox.MarkFailedAsync(delivery.DeliveryId, step.At, result.Error, CancellationToken.None);
                AttemptFailed(log, delivery.DeliveryId, delivery.DestinationId, delivery.Attempts + 1, result.Error);
                break;
        }
    }

    private async Task ReleaseQuietlyAsync(OutboxDelivery delivery)
    {
        try
        {
            await outbox.ReleaseAsync(delivery.DeliveryId, Now, CancellationToken.None);
        }
        catch (Exception fault)
        {
            StoreFailed(log, fault);
        }
    }

    private async Task WaitAsync(DateTimeOffset latest, CancellationToken stoppingToken)
    {
        var now = Now;
        bool isFull;
        lock (_gate)
        {
            isFull = _running.Count >= Settings.AtOnce;
        }

        var next = _lanes.NextFreeAt(now) is { } free && free < latest ? free : latest;
        var busy = _lanes.Places(now).Where(pair => pair.Value == 0).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        if (!isFull && await outbox.FindNextDueAsync(now, busy, stoppingToken) is { } due && due < next)
        {
            next = due;
        }

        if (next > now)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(around.Signal.Raised, Task.Delay(next - now, around.Time, limit.Token));
            await limit.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "Delivery {DeliveryId} to {DestinationId}: attempt {Attempt} failed: {Error}")]
    private static partial void AttemptFailed(ILogger logger, string deliveryId, string destinationId, int attempt, string error);

    [LoggerMessage(1202, LogLevel.Error, "Delivery {DeliveryId} to {DestinationId} was given up after {Attempt} attempts: {Error}")]
    private static partial void GivenUp(ILogger logger, string deliveryId, string destinationId, int attempt, string error);

    [LoggerMessage(1204, LogLevel.Error, "Delivery {DeliveryId} could not be sent because of a fault on our side")]
    private static partial void AttemptBroke(ILogger logger, Exception failure, string deliveryId);

    [LoggerMessage(1203, LogLevel.Error, "The outbox could not read or mark deliveries; trying again")]
    private static partial void StoreFailed(ILogger logger, Exception failure);

    /// <summary>What the sender needs beside the stores.</summary>
    internal sealed record Surroundings(OutboxSettings Settings, OutboxSignal Signal, OutboxMetrics Metrics, TimeProvider Time)
    {
        /// <summary>Spreads retries: 0 to 1.</summary>
        public Func<double> Jitter { get; init; } = static () => RandomNumberGenerator.GetInt32(1_000) / 1_000.0;
    }
}
