namespace VoiceOrdering.Api.Calls;

/// <summary>Where the bridge is in its life, and the only way to move it on. Loop only.</summary>
internal sealed class BridgeLife(CallParts parts, BridgeSignals signals, ClosingWatch closing)
{
    /// <summary>The present state.</summary>
    public BridgeState State { get; private set; } = parts.Context.Leg is null ? BridgeState.AwaitingProvider : BridgeState.Connecting;

    /// <summary>How the call ended; null while it lives.</summary>
    public CallEnd? End { get; private set; }

    /// <summary>Completes when no tool runs for the call any more; set when it ends.</summary>
    public Task Finished { get; private set; } = Task.CompletedTask;

    /// <summary>Makes the table's move with its effects; what is not in the table changes nothing and is counted.</summary>
    public void Move(BridgeTrigger trigger, string reason)
    {
        BridgeState from = State;
        if (BridgeTransitions.Find(from, trigger) is not { } move)
        {
            parts.Counters.RejectedMoves++;
            parts.Context.Metrics.MoveRejected();
            CallLog.MoveRejected(parts.Context.Logger, from, trigger);
            return;
        }

        CallLog.Moved(parts.Context.Logger, from, trigger, move.To);
        State = move.To;
        closing.OnState(move.To);
        if (move.To == BridgeState.Ended)
        {
            // What was heard is recorded before the grain learns that the call is over.
            End = CallEnd.Judge(from, trigger, reason);
            Finished = parts.Conversation.FinishAsync();
        }

        signals.Apply(move.Effects, reason);
    }
}
