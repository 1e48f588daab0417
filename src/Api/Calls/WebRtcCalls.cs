using VoiceOrdering.Identity;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.WebRtc;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>A call whose answer can be given to the browser.</summary>
/// <param name="LegId">Names the leg in the URL.</param>
/// <param name="AnswerSdp">The answer.</param>
internal sealed record ConnectedCall(string LegId, string AnswerSdp);

/// <summary>Turns an offer into a call: owner check, answer, bridge. Nothing of the session changes before the offer is known to be good.</summary>
internal sealed class WebRtcCalls(WebRtcServer server, LiveCalls calls, CallStarter starter, SessionLocks locks, CallSurroundings surroundings)
{
    private static readonly TimeSpan s_hangUpWait = TimeSpan.FromSeconds(5);

    private static readonly Refusal s_legUnknown = new("LEG_UNKNOWN", "There is no such call on this server. Start a new one.");

    /// <summary>Connects; refusals are the grain's, the media plane's (<c>SDP_INVALID</c>, <c>NO_COMMON_CODEC</c>) or <c>AT_CAPACITY</c>.</summary>
    public async Task<Outcome<ConnectedCall>> ConnectAsync(Caller caller, SessionId session, string offerSdp, CancellationToken cancellationToken)
    {
        CallMetrics metrics = surroundings.Metrics;
        metrics.Attempted();
        Outcome<SessionView> view = await surroundings.Grains.GetGrain<ISessionGrain>(session.Value).ViewAsync(caller);
        if (!view.IsOk)
        {
            metrics.ConnectFailed(view.Refusal.Code);
            return view.Refusal;
        }

        using IDisposable held = await locks.EnterAsync(session, cancellationToken);
        WebRtcAnswer answer = await server.AnswerAsync(offerSdp, new WebRtcAnswerOptions { LegId = surroundings.Ids.NewId("leg_") }, cancellationToken);
        if (answer is not WebRtcAnswer.Accepted accepted)
        {
            metrics.ConnectFailed(answer.Code);
            return new Refusal(answer.Code, answer.Sentence);
        }

        Outcome<CallBridge>? bridge = null;
        try
        {
            bridge = await starter.StartAsync(caller, session, accepted.Leg, "webrtc");
        }
        finally
        {
            if (bridge is not { IsOk: true })
            {
                await accepted.Leg.HangUpAsync(LegEndReason.Failed);
                await accepted.Leg.DisposeAsync();
            }
        }

        if (!bridge.IsOk)
        {
            metrics.ConnectFailed(bridge.Refusal.Code);
            return bridge.Refusal;
        }

        return new ConnectedCall(accepted.Leg.LegId, accepted.AnswerSdp);
    }

    /// <summary>Restarts ICE of a live call; refuses <c>LEG_UNKNOWN</c> and <c>SDP_INVALID</c>.</summary>
    public async Task<Outcome<ConnectedCall>> RestartAsync(Caller caller, SessionId session, string legId, string offerSdp, CancellationToken cancellationToken)
    {
        Outcome<SessionView> view = await surroundings.Grains.GetGrain<ISessionGrain>(session.Value).ViewAsync(caller);
        if (!view.IsOk)
        {
            return view.Refusal;
        }

        if (calls.Find(session, legId) is not { Released.IsCompleted: false })
        {
            return s_legUnknown;
        }

        WebRtcAnswer answer = await server.RestartAsync(legId, offerSdp, cancellationToken);
        return answer is WebRtcAnswer.Accepted accepted ? new ConnectedCall(legId, accepted.AnswerSdp) : new Refusal(answer.Code, answer.Sentence);
    }

    /// <summary>Ends a live call for the customer; null when done, the session can be taken up again.</summary>
    public async Task<Refusal?> HangUpAsync(Caller caller, SessionId session, string legId)
    {
        Outcome<SessionView> view = await surroundings.Grains.GetGrain<ISessionGrain>(session.Value).ViewAsync(caller);
        if (!view.IsOk)
        {
            return view.Refusal;
        }

        if (calls.Find(session, legId) is not { Released.IsCompleted: false } bridge)
        {
            return s_legUnknown;
        }

        bridge.Stop(BridgeTrigger.HungUp, "CALLER_HUNG_UP");
        await Task.WhenAny(bridge.Released, Task.Delay(s_hangUpWait, surroundings.Time));
        return null;
    }
}
