namespace VoiceOrdering.Api.Calls;

/// <summary>Where a bridge is in its life. The table of moves is <see cref="BridgeTransitions"/>.</summary>
internal enum BridgeState
{
    /// <summary>Neither leg nor provider is up.</summary>
    Connecting,

    /// <summary>The provider answers, the customer's media does not flow yet.</summary>
    AwaitingLeg,

    /// <summary>The customer is there (or types), the provider is not up yet.</summary>
    AwaitingProvider,

    /// <summary>Customer and model talk.</summary>
    Live,

    /// <summary>The provider was lost in the middle of the call; a new session is being opened.</summary>
    Recovering,

    /// <summary>The model ended the conversation; its last words are still being played.</summary>
    Closing,

    /// <summary>Over.</summary>
    Ended,
}
