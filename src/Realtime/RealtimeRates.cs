namespace VoiceOrdering.Realtime;

/// <summary>
/// What one token costs, in billionths (nano) of a currency unit. One unit per million tokens is 1000 nano per token,
/// so 32 USD per 1M tokens is 32000. Integer, so that sums never drift.
/// </summary>
public sealed record RealtimeRates
{
    /// <summary>ISO 4217 code the rates are in.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Text read, not cached.</summary>
    public required long InputTextNano { get; init; }

    /// <summary>Audio read, not cached.</summary>
    public required long InputAudioNano { get; init; }

    /// <summary>Images read, not cached.</summary>
    public long InputImageNano { get; init; }

    /// <summary>Text read from the cache.</summary>
    public required long CachedTextNano { get; init; }

    /// <summary>Audio read from the cache.</summary>
    public required long CachedAudioNano { get; init; }

    /// <summary>Images read from the cache.</summary>
    public long CachedImageNano { get; init; }

    /// <summary>Text written, transcript included.</summary>
    public required long OutputTextNano { get; init; }

    /// <summary>Audio spoken.</summary>
    public required long OutputAudioNano { get; init; }
}
