using VoiceOrdering.Identity;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>What calls need from the process.</summary>
internal sealed record CallSurroundings(
    IGrainFactory Grains,
    IRealtimeProvider Provider,
    CallSettings Settings,
    CallMetrics Metrics,
    ProviderHealth Health,
    TimeProvider Time,
    IIdSource Ids,
    Limits Limits,
    ILoggerFactory Loggers);

/// <summary>Brings calls up: takes a place, lets an older bridge of the session finish, attaches to the grain and starts the new one.</summary>
internal sealed class CallStarter(LiveCalls calls, CallSurroundings surroundings)
{
    // An older bridge of this process gets so long to hand over what it still knows.
    private static readonly TimeSpan s_handover = TimeSpan.FromSeconds(3);

    private static readonly Refusal s_atCapacity = new("AT_CAPACITY", "All lines are busy. Please try again in a moment.");

    private readonly ILogger _logger = surroundings.Loggers.CreateLogger("VoiceOrdering.Api.Calls");

    /// <summary>Starts a call on a leg, or a typed conversation without one. A refusal leaves the leg as it was.</summary>
    public async Task<Outcome<CallBridge>> StartAsync(Caller caller, SessionId session, ICallLeg? leg, string legKind)
    {
        if (!calls.TryEnter())
        {
            return s_atCapacity;
        }

        bool isRunning = false;
        try
        {
            if (calls.Find(session) is { } older)
            {
                // Its last words must be with the grain before the new bridge fences it off.
                older.Stop(BridgeTrigger.Replaced, "REPLACED");
                await Task.WhenAny(older.Released, Task.Delay(s_handover, surroundings.Time));
            }

            CallContext context = Describe(caller, session, leg, legKind);
            Outcome<ModelBrief> brief = await context.Grain.AttachAsync(caller, new AttachBridge(context.BridgeId, legKind));
            if (!brief.IsOk)
            {
                return brief.Refusal;
            }

            var bridge = new CallBridge(context, brief.Value);
            calls.Run(bridge);
            isRunning = true;
            _ = new SessionListener(surroundings.Grains, context, bridge).RunAsync();
            return bridge;
        }
        finally
        {
            if (!isRunning)
            {
                calls.Leave();
            }
        }
    }

    private CallContext Describe(Caller caller, SessionId session, ICallLeg? leg, string legKind) => new()
    {
        Session = session,
        BridgeId = surroundings.Ids.NewId("brg_"),
        Caller = caller,
        Grain = surroundings.Grains.GetGrain<ISessionGrain>(session.Value),
        Provider = surroundings.Provider,
        Leg = leg,
        LegKind = legKind,
        Settings = surroundings.Settings,
        Time = surroundings.Time,
        Ids = surroundings.Ids,
        Metrics = surroundings.Metrics,
        Health = surroundings.Health,
        Logger = _logger,
    };
}
