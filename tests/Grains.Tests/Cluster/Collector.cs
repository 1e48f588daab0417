using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>Keeps what an observer hears and lets a test wait for the thing it wants.</summary>
internal abstract class Collector<T>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly Lock _gate = new();
    private readonly List<T> _heard = [];
    private readonly List<(Func<IReadOnlyList<T>, bool> Wanted, TaskCompletionSource Done)> _waiting = [];

    public IReadOnlyList<T> Heard
    {
        get
        {
            lock (_gate) return [.. _heard];
        }
    }

    public async Task<IReadOnlyList<T>> WaitAsync(string what, Func<IReadOnlyList<T>, bool> wanted)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (wanted(_heard)) return [.. _heard];
            _waiting.Add((wanted, done));
        }
        try
        {
            await done.Task.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not heard within {s_patience.TotalSeconds} s: {what}. Heard: {string.Join(", ", Heard)}");
        }
        return Heard;
    }

    protected Task HearAsync(T heard)
    {
        lock (_gate)
        {
            _heard.Add(heard);
            foreach (var (wanted, done) in _waiting)
                if (wanted(_heard)) done.TrySetResult();
        }
        return Task.CompletedTask;
    }
}

internal sealed class SessionListener : Collector<SessionEvent>, ISessionObserver
{
    public Task OnEventAsync(SessionEvent sessionEvent) => HearAsync(sessionEvent);
}

internal sealed class FeedListener : Collector<OrderView>, IOrderFeedObserver
{
    public Task OrderChangedAsync(OrderView order) => HearAsync(order);
}
