using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>Takes typed turns: into the live call of the session, or into a typed conversation that is begun for it.</summary>
internal sealed class TypedTurns(LiveCalls calls, CallStarter starter, SessionLocks locks, CallSurroundings surroundings)
{
    private const int Attempts = 3;

    private static readonly Refusal s_turnsPending = new("TURNS_PENDING", "Please wait for the answer before you write more.");
    private static readonly Refusal s_callEnding = new("CALL_ENDING", "The conversation is just ending. Please send it again.");

    /// <summary>Makes the turn durable and passes it on. The answer comes as events.</summary>
    public async Task<Outcome<TypedTurn>> TakeAsync(Caller caller, SessionId session, string text, CancellationToken cancellationToken)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            return new Refusal(RefusalCodes.TextMissing, "There is no text.");
        }

        if (text.Length > surroundings.Limits.TextCharacters)
        {
            return new Refusal(RefusalCodes.TextTooLong, $"A message has at most {surroundings.Limits.TextCharacters} characters.");
        }

        ISessionGrain grain = surroundings.Grains.GetGrain<ISessionGrain>(session.Value);
        Outcome<SessionView> view = await grain.ViewAsync(caller);
        if (!view.IsOk)
        {
            return view.Refusal;
        }

        string itemId = surroundings.Ids.NewId("typ_");
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Outcome<CallBridge> bridge = await FindOrStartAsync(caller, session, cancellationToken);
            if (!bridge.IsOk)
            {
                return bridge.Refusal;
            }

            if (bridge.Value.PendingTurns >= surroundings.Settings.MaxPendingTurns)
            {
                surroundings.Metrics.LimitReached("pending_turns");
                return s_turnsPending;
            }

            // The same id again replaces the record, so a turn that needs a second bridge is still one turn.
            var turn = new TypedTurn(itemId, text);
            await grain.RecordTurnAsync(bridge.Value.BridgeId, new TurnRecord(itemId, "caller", text, null, false, surroundings.Time.GetUtcNow()));
            if (await bridge.Value.SayAsync(turn))
            {
                return turn;
            }

            // The bridge ended between the look and the turn; the next one is seeded with the turn and answers it.
        }

        return s_callEnding;
    }

    private async Task<Outcome<CallBridge>> FindOrStartAsync(Caller caller, SessionId session, CancellationToken cancellationToken)
    {
        using IDisposable held = await locks.EnterAsync(session, cancellationToken);
        return calls.Find(session) is { Released.IsCompleted: false } bridge
            ? bridge
            : await starter.StartAsync(caller, session, null, "text");
    }
}
