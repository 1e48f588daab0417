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
internal sealed class WebRtcCalls(WebRtcServer server, CallStarter starter, SessionLocks locks, CallSurroundings surroundings)
{
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
}
