namespace VoiceOrdering.Api.Calls;

/// <summary>What a move of a bridge makes happen, in the order of the values.</summary>
[Flags]
internal enum BridgeEffects
{
    None = 0,

    /// <summary>Tell the session grain that customer and model are connected.</summary>
    SignalConnected = 1 << 0,

    /// <summary>Tell the grain that the customer's side is gone; the session can be taken up again.</summary>
    SignalLegLost = 1 << 1,

    /// <summary>Tell the grain that the customer hung up.</summary>
    SignalHungUp = 1 << 2,

    /// <summary>Tell the grain that the provider is gone.</summary>
    SignalProviderLost = 1 << 3,

    /// <summary>Tell the grain that the provider is back.</summary>
    SignalProviderRestored = 1 << 4,

    /// <summary>Tell the grain that the bridge could not be brought up.</summary>
    SignalConnectFailed = 1 << 5,

    /// <summary>Let the model greet, or welcome the customer back.</summary>
    Greet = 1 << 6,

    /// <summary>Let the model say that the line broke and go on.</summary>
    Reintroduce = 1 << 7,

    /// <summary>Tell the customer that the line to the model broke and is being restored.</summary>
    TellProviderLost = 1 << 8,

    /// <summary>Tell the customer that the model cannot be reached.</summary>
    TellProviderGone = 1 << 9,

    /// <summary>Tell the customer that the service restarts.</summary>
    TellServerStopping = 1 << 10,

    /// <summary>Tell the customer that the call broke on our side.</summary>
    TellBroken = 1 << 11,

    /// <summary>End the session for good.</summary>
    EndSession = 1 << 12,
}
