namespace VoiceOrdering.Realtime;

/// <summary>
/// What a session is told in <c>session.update</c>. A null member is left as it is at the provider; an empty
/// <see cref="Instructions"/> or <see cref="Tools"/> clears. Keep what does not change between calls first
/// (sorted tools, menu, then volatile facts): a stable prefix is billed at the cached rate.
/// </summary>
public sealed record SessionSettings
{
    /// <summary>System prompt. With the tools at most 16384 tokens; about 64 KiB of text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Functions offered to the model, sent in the order given.</summary>
    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or the name of one function.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Voice of the answers. Cannot change after the first audio (<c>cannot_update_voice</c>).</summary>
    public string? Voice { get; init; }

    /// <summary>Rate of speech, 0.25 to 1.5. Only between turns.</summary>
    public double? Speed { get; init; }

    /// <summary>Format of <see cref="IRealtimeSession.AppendAudio"/>.</summary>
    public RealtimeAudioFormat? InputFormat { get; init; }

    /// <summary>Format of <see cref="AudioDelta"/>.</summary>
    public RealtimeAudioFormat? OutputFormat { get; init; }

    /// <summary>Who ends the caller's turn.</summary>
    public TurnDetection? TurnDetection { get; init; }

    /// <summary>How the caller's words are written down; <see cref="InputTranscription.Off"/> turns it off.</summary>
    public InputTranscription? Transcription { get; init; }

    /// <summary>Whether answers are spoken or written; never both.</summary>
    public ResponseModality? Modality { get; init; }

    /// <summary>Limit of one answer, 1 to 4096 tokens.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Share of the context kept when it must be cut, 0 to 1. Null leaves the provider's rule.</summary>
    public double? RetentionRatio { get; init; }

    /// <summary><c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>; only for models whose capabilities list it.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Noise reduction before detection: <c>near_field</c> or <c>far_field</c>.</summary>
    public string? NoiseReduction { get; init; }
}
