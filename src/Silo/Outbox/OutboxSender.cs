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

    private readonly Dictionary<DestinationKind, IDeliveryChannel> _channels = channels.ToDictionary(channel => channel.Kind);
    private readonly Dictionary<string, DestinationLane> _lanes = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _running = [];
    private readonly Lock _gate = new();

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
                await StartDueAsync(stoppingToken);
                around.Metrics.Counted(await outbox.CountAsync(stoppingToken));
                await WaitAsync(stoppingToken);
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
            var claimed = await outbox.ClaimAsync(new OutboxClaim(Now, Settings.Timeout * 3, free, BusyDestinations()), stoppingToken);
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
        lock (_gate)
        {
            var lane = LaneOf(delivery.DestinationId);
            var now = Now;
            if (!(lane.FreeAt(now) <= now))
            {
                return false;
            }

            lane.Begin(now);
            var attempt = Task.Run(() => AttemptAsync(delivery, lane, stoppingToken), CancellationToken.None);
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

    private async Task AttemptAsync(OutboxDelivery delivery, DestinationLane lane, CancellationToken stoppingToken)
    {
        try
        {
            var (kind, result) = await SendAsync(delivery, lane, stoppingToken);
            var now = Now;
            lock (_gate)
            {
                lane.End(result, now, around.Jitter());
            }

            around.Metrics.Attempted(kind, result.Outcome);
            await KeepAsync(delivery, result, DeliverySchedule.After(Settings, delivery, result, now, around.Jitter()));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                lane.Abandon();
            }

            await ReleaseQuietlyAsync(delivery);
        }
        catch (Exception fault)
        {
            // Nothing was marked: the lease brings it back.
            StoreFailed(log, fault);
        }
    }

    private async Task<(DestinationKind Kind, SendResult Result)> SendAsync(OutboxDelivery delivery, DestinationLane lane, CancellationToken stoppingToken)
    {
        if (await destinations.FindAsync(delivery.DestinationId, stoppingToken) is not { } destination)
        {
            return (DestinationKind.Pos, SendResult.Refused("the destination was removed"));
        }

        if (destination.Kind == DestinationKind.Telegram)
        {
            lock (_gate)
            {
                lane.PerMinute = Settings.TelegramPerMinute;
            }
        }

        return (destination.Kind, await _channels[destination.Kind].SendAsync(destination, delivery, stoppingToken));
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

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var now = Now;
        var next = now + LookAtLeastEvery;
        var isFull = false;
        lock (_gate)
        {
            isFull = _running.Count >= Settings.AtOnce;
            foreach (var freeAt in _lanes.Values.Select(lane => lane.FreeAt(now)).Where(at => at > now))
            {
                next = freeAt < next ? freeAt!.Value : next;
            }
        }

        if (!isFull && await outbox.FindNextDueAsync(BusyDestinations(), stoppingToken) is { } due && due < next)
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

    private List<string> BusyDestinations()
    {
        lock (_gate)
        {
            var now = Now;
            return [.. _lanes.Where(pair => !(pair.Value.FreeAt(now) <= now)).Select(pair => pair.Key)];
        }
    }

    private DestinationLane LaneOf(string destinationId)
    {
        if (!_lanes.TryGetValue(destinationId, out var lane))
        {
            _lanes.Add(destinationId, lane = new DestinationLane(Settings));
        }

        return lane;
    }

    [LoggerMessage(1201, LogLevel.Warning, "Delivery {DeliveryId} to {DestinationId}: attempt {Attempt} failed: {Error}")]
    private static partial void AttemptFailed(ILogger logger, string deliveryId, string destinationId, int attempt, string error);

    [LoggerMessage(1202, LogLevel.Error, "Delivery {DeliveryId} to {DestinationId} was given up after {Attempt} attempts: {Error}")]
    private static partial void GivenUp(ILogger logger, string deliveryId, string destinationId, int attempt, string error);

    [LoggerMessage(1203, LogLevel.Error, "The outbox could not read or mark deliveries; trying again")]
    private static partial void StoreFailed(ILogger logger, Exception failure);

    /// <summary>What the sender needs beside the stores.</summary>
    internal sealed record Surroundings(OutboxSettings Settings, OutboxSignal Signal, OutboxMetrics Metrics, TimeProvider Time)
    {
        /// <summary>Spreads retries: 0 to 1.</summary>
        public Func<double> Jitter { get; init; } = static () => RandomNumberGenerator.GetInt32(1_000) / 1_000.0;
    }
}
