namespace VoiceOrdering.Realtime;

/// <summary>Why a session is over.</summary>
public enum SessionCloseReason
{
    /// <summary>We closed or disposed it.</summary>
    ClosedByUs,

    /// <summary>The provider's cap on session length was reached; open a new one and seed it.</summary>
    Expired,

    /// <summary>The provider closed it; <see cref="SessionClosed.CloseCode"/> says how.</summary>
    ClosedByProvider,

    /// <summary>The connection broke without a close frame (1006) or fell silent.</summary>
    ConnectionLost,

    /// <summary>We gave up on it: a message over the limit.</summary>
    Aborted,
}
