using System.Collections.Concurrent;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Calls;

/// <summary>The calls and typed conversations of this process, at most one a session and <see cref="CallSettings.MaxCalls"/> in all. Thread-safe.</summary>
internal sealed class LiveCalls(CallSettings settings, CallMetrics metrics, TimeProvider time, ILogger<LiveCalls> logger)
{
    private readonly ConcurrentDictionary<string, CallBridge> _bySession = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CallBridge, byte> _all = new();
    private int _taken;
    private volatile bool _draining;

    /// <summary>Places taken.</summary>
    public int Count => Volatile.Read(ref _taken);

    /// <summary>The process stops: nobody is let in.</summary>
    public bool IsDraining => _draining;

    /// <summary>Takes a place; false when all are taken or the process stops. Who got one calls <see cref="Run"/> or <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        if (!_draining)
        {
            if (Interlocked.Increment(ref _taken) <= settings.MaxCalls)
            {
                return true;
            }

            Interlocked.Decrement(ref _taken);
        }

        metrics.LimitReached("calls");
        return false;
    }

    /// <summary>Gives an unused place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _taken);

    /// <summary>Starts a bridge on the place taken; it leaves by itself when it ends. One of the same session that still lives is told to end.</summary>
    public void Run(CallBridge bridge)
    {
        _all.TryAdd(bridge, 0);
        CallBridge? before = null;
        _bySession.AddOrUpdate(bridge.Session.Value, bridge, (_, known) =>
        {
            before = known;
            return bridge;
        });
        before?.Stop(BridgeTrigger.Replaced, "REPLACED");
        bridge.Start();
        _ = WatchAsync(bridge);
        if (_draining)
        {
            bridge.Stop(BridgeTrigger.ServerStopping, "SERVER_STOPPING");
        }
    }

    /// <summary>The bridge of a session, if one lives here.</summary>
    public CallBridge? Find(SessionId session) => _bySession.GetValueOrDefault(session.Value);

    /// <summary>The bridge of a session whose leg has this id, if it lives here.</summary>
    public CallBridge? Find(SessionId session, string legId) => Find(session) is { Leg: { } leg } bridge && leg.LegId == legId ? bridge : null;

    /// <summary>Ends all calls politely and lets nobody in any more; completes when they are over, at the latest after the drain time.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        CallBridge[] bridges = [.. _all.Keys];
        foreach (CallBridge bridge in bridges)
        {
            bridge.Stop(BridgeTrigger.ServerStopping, "SERVER_STOPPING");
        }

        try
        {
            await Task.WhenAll(bridges.Select(bridge => bridge.Completion)).WaitAsync(settings.DrainTimeout + settings.TeardownTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            CallLog.DrainLate(logger, _all.Count);
        }
    }

    private async Task WatchAsync(CallBridge bridge)
    {
        await bridge.Completion;
        _bySession.TryRemove(new KeyValuePair<string, CallBridge>(bridge.Session.Value, bridge));
        _all.TryRemove(bridge, out _);
        Leave();
    }
}
