namespace VoiceOrdering.Realtime;

/// <summary>
/// Raw token counts of one response as the provider reports them. Cached counts are a subset of the input counts.
/// Audio is 1 token per 100 ms of the caller and 1 per 50 ms of the assistant; a cancelled response still carries usage.
/// Source: OpenAI Realtime costs guide (2026-08).
/// </summary>
public readonly record struct RealtimeUsage
{
    /// <summary>Text tokens read, cached ones included.</summary>
    public int InputTextTokens { get; init; }

    /// <summary>Audio tokens read, cached ones included.</summary>
    public int InputAudioTokens { get; init; }

    /// <summary>Image tokens read, cached ones included.</summary>
    public int InputImageTokens { get; init; }

    /// <summary>Text tokens of the input that came from the cache.</summary>
    public int CachedTextTokens { get; init; }

    /// <summary>Audio tokens of the input that came from the cache.</summary>
    public int CachedAudioTokens { get; init; }

    /// <summary>Image tokens of the input that came from the cache.</summary>
    public int CachedImageTokens { get; init; }

    /// <summary>Text tokens written, the transcript and reasoning included.</summary>
    public int OutputTextTokens { get; init; }

    /// <summary>Audio tokens spoken.</summary>
    public int OutputAudioTokens { get; init; }

    /// <summary>All tokens read.</summary>
    public int InputTokens => InputTextTokens + InputAudioTokens + InputImageTokens;

    /// <summary>All tokens written.</summary>
    public int OutputTokens => OutputTextTokens + OutputAudioTokens;

    /// <summary>All tokens.</summary>
    public int TotalTokens => InputTokens + OutputTokens;

    /// <summary>Sum of two usages, field by field.</summary>
    public static RealtimeUsage operator +(RealtimeUsage left, RealtimeUsage right) => left.Add(right);

    /// <summary>Sum of two usages, field by field.</summary>
    public RealtimeUsage Add(RealtimeUsage other) => new()
    {
        InputTextTokens = InputTextTokens + other.InputTextTokens,
        InputAudioTokens = InputAudioTokens + other.InputAudioTokens,
        InputImageTokens = InputImageTokens + other.InputImageTokens,
        CachedTextTokens = CachedTextTokens + other.CachedTextTokens,
        CachedAudioTokens = CachedAudioTokens + other.CachedAudioTokens,
        CachedImageTokens = CachedImageTokens + other.CachedImageTokens,
        OutputTextTokens = OutputTextTokens + other.OutputTextTokens,
        OutputAudioTokens = OutputAudioTokens + other.OutputAudioTokens,
    };
}
