namespace VoiceOrdering.Api.Calls;

/// <summary>What can happen to a bridge as a whole (turns and tools are not here: they are the conversation's).</summary>
internal enum BridgeTrigger
{
    /// <summary>Media flows both ways.</summary>
    LegConnected,

    /// <summary>The network or the device of the customer is gone.</summary>
    LegLost,

    /// <summary>The customer ended the call.</summary>
    HungUp,

    /// <summary>A provider session is open and configured.</summary>
    ProviderReady,

    /// <summary>The provider's session is gone, a new one is being opened.</summary>
    ProviderLost,

    /// <summary>No provider session could be opened; no further attempt is made.</summary>
    ProviderGaveUp,

    /// <summary>The model asked to end the call.</summary>
    EndAsked,

    /// <summary>Everything said has been played and nothing more is coming.</summary>
    LastWordsPlayed,

    /// <summary>The customer speaks or types again after the model wanted to end.</summary>
    CustomerGoesOn,

    /// <summary>A newer bridge has the session.</summary>
    Replaced,

    /// <summary>The session ended elsewhere (by click, by time).</summary>
    SessionOver,

    /// <summary>A typed conversation was silent for too long.</summary>
    IdleTooLong,

    /// <summary>The process drains.</summary>
    ServerStopping,

    /// <summary>A queue of the bridge is full, or a part of it failed.</summary>
    Broken,
}
