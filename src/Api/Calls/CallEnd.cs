using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Api.Calls;

/// <summary>Whose fault the end of a call is.</summary>
internal enum CallFault
{
    /// <summary>Nobody's: it ended as it should.</summary>
    None,

    /// <summary>The customer's decision.</summary>
    Customer,

    /// <summary>The network between customer and us.</summary>
    Network,

    /// <summary>The model's provider.</summary>
    Provider,

    /// <summary>Ours.</summary>
    Service,
}

/// <summary>How a call ended; one per call, logged with its counters.</summary>
/// <param name="Result"><c>completed</c>, <c>abandoned</c>, <c>interrupted</c>, <c>replaced</c>, <c>idle</c> or <c>failed</c>.</param>
/// <param name="Reason">Upper-snake reason.</param>
/// <param name="Fault">Whose fault.</param>
internal sealed record CallEnd(string Result, string Reason, CallFault Fault)
{
    /// <summary>Judges the trigger that ended a bridge in <paramref name="from"/>.</summary>
    public static CallEnd Judge(BridgeState from, BridgeTrigger trigger, string reason) => (from, trigger) switch
    {
        (BridgeState.Closing, _) or (_, BridgeTrigger.SessionOver) => new CallEnd("completed", reason, CallFault.None),
        (_, BridgeTrigger.HungUp) => new CallEnd("abandoned", reason, CallFault.Customer),
        (_, BridgeTrigger.LegLost) => new CallEnd("interrupted", reason, CallFault.Network),
        (_, BridgeTrigger.Replaced) => new CallEnd("replaced", reason, CallFault.None),
        (_, BridgeTrigger.IdleTooLong) => new CallEnd("idle", reason, CallFault.None),
        (_, BridgeTrigger.ProviderGaveUp) => new CallEnd("failed", reason, CallFault.Provider),
        (_, BridgeTrigger.ServerStopping) => new CallEnd("interrupted", reason, CallFault.Service),
        _ => new CallEnd("failed", reason, CallFault.Service),
    };

    /// <summary>The reason a lost leg stands for.</summary>
    public static string CodeOf(LegLossReason reason) => reason switch
    {
        LegLossReason.CallerHungUp => "CALLER_HUNG_UP",
        LegLossReason.Silent => "LEG_SILENT",
        LegLossReason.NeverConnected => "LEG_NEVER_CONNECTED",
        LegLossReason.HandshakeFailed => "LEG_HANDSHAKE_FAILED",
        _ => "SERVER_STOPPING",
    };
}
