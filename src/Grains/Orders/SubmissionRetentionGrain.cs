using Microsoft.Extensions.Logging;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Orders;

/// <inheritdoc cref="ISubmissionRetentionGrain"/>
internal sealed class SubmissionRetentionGrain(IOrderStore store, Limits limits, OrderingMetrics metrics, TimeProvider time, ILogger<SubmissionRetentionGrain> log)
    : Grain, ISubmissionRetentionGrain, IRemindable
{
    private const string Reminder = "purge";
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastKept = TimeSpan.FromHours(24);

    public async Task EnsureAsync()
    {
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var kept = limits.SubmissionsKept > LeastKept ? limits.SubmissionsKept : LeastKept;
        var keys = await PurgeAsync(store.PurgeSubmissionsAsync, kept);
        metrics.SubmissionsPurged(keys);
        var events = await PurgeAsync(store.PurgeEventsAsync, limits.EventsKept);
        metrics.EventsPurged(events);
        if (keys + events > 0) log.LogInformation("Results of {Keys} idempotency keys and {Events} delivered events were forgotten", keys, events);
    }

    private async Task<int> PurgeAsync(Func<DateTimeOffset, int, CancellationToken, Task<int>> purge, TimeSpan kept)
    {
        var before = time.GetUtcNow() - kept;
        int purged, total = 0;
        do
        {
            purged = await purge(before, MostAtOnce, CancellationToken.None);
            total += purged;
        }
        while (purged == MostAtOnce);
        return total;
    }
}
