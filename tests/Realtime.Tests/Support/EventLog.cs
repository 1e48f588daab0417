using System.Text;
using System.Threading.Channels;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Tests.Support;

/// <summary>Reads a session's events and waits for the one that is meant; says what came instead when the time is up.</summary>
internal sealed class EventLog(IRealtimeSession session)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    public List<RealtimeEvent> Seen { get; } = [];

    public Task<T> NextAsync<T>()
        where T : RealtimeEvent => NextAsync<T>(_ => true);

    public async Task<T> NextAsync<T>(Func<T, bool> isMeant)
        where T : RealtimeEvent
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            while (true)
            {
                var happened = await session.Events.ReadAsync(limit.Token);
                Seen.Add(happened);
                if (happened is T meant && isMeant(meant))
                {
                    return meant;
                }
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException)
        {
            throw new TimeoutException($"Waited for {typeof(T).Name}; saw {Names()}", failure);
        }
    }

    /// <summary>Reads to the end of the session.</summary>
    public async Task<SessionClosed> ToEndAsync()
    {
        var closed = await NextAsync<SessionClosed>();
        await session.Events.Completion.WaitAsync(s_limit);
        return closed;
    }

    public IEnumerable<T> All<T>() => Seen.OfType<T>();

    public string Names()
    {
        var names = new StringBuilder();
        foreach (var group in Seen.Select(happened => happened.GetType().Name))
        {
            names.Append(group).Append(' ');
        }

        return names.ToString();
    }
}
