namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Waits for the last words: after the model ended the call until they were played and had time to reach the ear, and before a
/// restart of the process until the sentence being spoken is over. Both have a limit. Loop only.
/// </summary>
internal sealed class ClosingWatch(CallContext context, PlayoutBuffer playout)
{
    private StopAsked? _postponed;
    private long? _postponedAt;
    private long? _closingSince;
    private long? _quietSince;

    /// <summary>Puts a stop off until what is being played is over. False when nothing is played: stop now.</summary>
    public bool TryPostpone(StopAsked stop)
    {
        if (playout.BufferedMs == 0 || context.Settings.DrainTimeout <= TimeSpan.Zero)
        {
            return false;
        }

        _postponed = stop;
        _postponedAt = context.Time.GetTimestamp();
        return true;
    }

    /// <summary>The bridge is in this state now.</summary>
    public void OnState(BridgeState state)
    {
        _closingSince = state == BridgeState.Closing ? context.Time.GetTimestamp() : null;
        _quietSince = null;
    }

    /// <summary>What is to happen now; null: nothing yet.</summary>
    public StopAsked? Check(Conversation conversation)
    {
        if (_postponed is not null && (playout.BufferedMs == 0 || HasPassed(_postponedAt, context.Settings.DrainTimeout / 2)))
        {
            return _postponed;
        }

        if (_closingSince is null)
        {
            return null;
        }

        if (HasPassed(_closingSince, context.Settings.ClosingTimeout))
        {
            return new StopAsked(BridgeTrigger.LastWordsPlayed, "CLOSING_TIMEOUT");
        }

        _quietSince = conversation.IsQuiet ? _quietSince ?? context.Time.GetTimestamp() : null;
        TimeSpan tail = context.Leg is null ? TimeSpan.Zero : context.Settings.LastWordsTail;
        return HasPassed(_quietSince, tail) ? new StopAsked(BridgeTrigger.LastWordsPlayed, "END_CALL") : null;
    }

    private bool HasPassed(long? since, TimeSpan limit) => since is { } at && context.Time.GetElapsedTime(at) >= limit;
}
