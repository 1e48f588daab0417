namespace VoiceOrdering.Media.Legs;

/// <summary>Where a leg is in its life. It only ever moves forward; <see cref="Closed"/> is final.</summary>
public enum LegState
{
    /// <summary>Answered; ICE and DTLS are not finished. No audio moves.</summary>
    Connecting,

    /// <summary>Keys are agreed; frames move every 20 ms.</summary>
    Connected,

    /// <summary>Hung up, lost or disposed; nothing is called any more.</summary>
    Closed,
}

/// <summary>Why a leg ended that our side did not end.</summary>
public enum LegLossReason
{
    /// <summary>The caller hung up (DTLS close_notify, RTCP BYE, SIP BYE).</summary>
    CallerHungUp,

    /// <summary>No consent (authenticated STUN) and no media for the configured time; the network or the device is gone.</summary>
    Silent,

    /// <summary>ICE or DTLS did not finish within the configured time.</summary>
    NeverConnected,

    /// <summary>The DTLS handshake failed, for example because the certificate is not the one of the offer.</summary>
    HandshakeFailed,

    /// <summary>The media plane of this process stops.</summary>
    ServerStopping,
}

/// <summary>Why our side ends a leg; goes into statistics and logs.</summary>
public enum LegEndReason
{
    /// <summary>The conversation is finished.</summary>
    Completed,

    /// <summary>Another leg has taken over the session.</summary>
    Replaced,

    /// <summary>Something behind the leg failed (model provider, grain).</summary>
    Failed,

    /// <summary>The process drains.</summary>
    ServerStopping,
}
