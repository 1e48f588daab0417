using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Reminders;

/// <summary>One reminder that this silo ticks. The next tick is armed when the last one has been answered, so ticks never overlap.</summary>
internal sealed class LocalReminder(SiloNode silo, ReminderEntry entry) : IDisposable
{
    /// <summary>Timers reach no further than some weeks; longer waits are made of several.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private DateTime _next;
    private bool _disposed;

    public string ETag => entry.ETag;

    public void Arm()
    {
        _next = NextAfter(silo.Time.GetUtcNow().UtcDateTime);
        Wait();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private DateTime NextAfter(DateTime now)
    {
        if (now < entry.StartAt)
        {
            return entry.StartAt;
        }

        var passed = (now - entry.StartAt).Ticks / entry.Period.Ticks;
        return entry.StartAt + TimeSpan.FromTicks((passed + 1) * entry.Period.Ticks);
    }

    private void Wait()
    {
        var wait = _next - silo.Time.GetUtcNow().UtcDateTime;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (_timer is null)
            {
                using (ExecutionContext.SuppressFlow())
                {
                    _timer = silo.Time.CreateTimer(static state => _ = ((LocalReminder)state!).OnTimerAsync(), this, wait, Timeout.InfiniteTimeSpan);
                }
            }
            else
            {
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task OnTimerAsync()
    {
        var now = silo.Time.GetUtcNow().UtcDateTime;
        if (now >= _next)
        {
            // Taken before the call: when that takes longer than a period, one tick comes late instead of never.
            _next = NextAfter(now);
            try
            {
                var grain = (IRemindable)silo.CreateReference(entry.GrainId, typeof(IRemindable));
                await grain.ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, now));
            }
            catch (Exception failure)
            {
                silo.Log.ReminderFailed(entry.GrainId, entry.ReminderName, failure);
            }
        }

        Wait();
    }
}
