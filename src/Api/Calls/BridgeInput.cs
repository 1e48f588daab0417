namespace VoiceOrdering.Api.Calls;

/// <summary>Kinds of things a bridge's loop is told.</summary>
internal enum BridgeInputKind
{
    /// <summary>Payload: <c>RealtimeEvent</c> of the provider session named by the generation.</summary>
    ProviderEvent,

    /// <summary>Payload: <see cref="OpenedLink"/>.</summary>
    LinkOpened,

    /// <summary>Payload: <see cref="LinkFailure"/>; no session could be opened.</summary>
    LinkGaveUp,

    /// <summary>Media flows.</summary>
    LegConnected,

    /// <summary>Payload: <c>LegLossReason</c>.</summary>
    LegLost,

    /// <summary>Payload: <see cref="SpokenItem"/> whose first frame was played.</summary>
    ItemBegan,

    /// <summary>Payload: <see cref="SpokenItem"/> whose last frame was played.</summary>
    ItemPlayed,

    /// <summary>Payload: <see cref="ToolResult"/>.</summary>
    ToolAnswered,

    /// <summary>Payload: <see cref="TypedTurn"/>.</summary>
    Typed,

    /// <summary>Payload: a fact (<c>string</c>) the model must know, for example a change of the cart by hand.</summary>
    Fact,

    /// <summary>Payload: <see cref="StopAsked"/>.</summary>
    Stop,

    /// <summary>Time passed.</summary>
    Tick,
}

/// <summary>One thing told to a bridge's loop. A value, so that telling allocates nothing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">See the kind.</param>
/// <param name="Generation">Which provider session it belongs to; 0 when none.</param>
/// <param name="Timestamp"><see cref="TimeProvider.GetTimestamp"/> when it happened.</param>
internal readonly record struct BridgeInput(BridgeInputKind Kind, object? Payload, int Generation, long Timestamp);

/// <summary>Asks a bridge to end.</summary>
/// <param name="Trigger">Why.</param>
/// <param name="Reason">Upper-snake reason for logs and the grain.</param>
internal sealed record StopAsked(BridgeTrigger Trigger, string Reason);

/// <summary>A typed turn; already durable in the transcript.</summary>
/// <param name="ItemId">Our id of the item.</param>
/// <param name="Text">The words.</param>
internal sealed record TypedTurn(string ItemId, string Text)
{
    /// <summary>Tells whether a bridge took the turn; false when it ended first and another one must.</summary>
    public TaskCompletionSource<bool> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
