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
        var before = time.GetUtcNow() - (limits.SubmissionsKept > LeastKept ? limits.SubmissionsKept : LeastKept);
        int purged, total = 0;
        do
        {
            purged = await store.PurgeSubmissionsAsync(before, MostAtOnce, CancellationToken.None);
            total += purged;
        }
        while (purged == MostAtOnce);
        metrics.SubmissionsPurged(total);
        if (total > 0) log.LogInformation("Results of {Count} idempotency keys were forgotten", total);
    }
}
