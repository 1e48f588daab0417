namespace VoiceOrdering.Grains.Sessions;

/// <summary>What the effects of a move make of the kept state.</summary>
internal static class SessionMoves
{
    public static SessionState Apply(SessionState state, SessionMove move, DateTimeOffset expiresAt)
    {
        var next = state.Phase == move.To ? state : state with { Phase = move.To };
        if (move.Effects.HasFlag(SessionEffects.ExtendExpiry)) next = next with { ExpiresAt = expiresAt };
        if (move.Effects.HasFlag(SessionEffects.ReleaseBridge)) next = next with { BridgeId = "" };
        if (move.Effects.HasFlag(SessionEffects.ForgetTalk)) next = next with { Transcript = [] };
        return next;
    }
}
