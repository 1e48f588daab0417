namespace VoiceOrdering.Realtime;

/// <summary>What a provider and model can do, so that callers ask instead of naming providers.</summary>
public sealed record RealtimeCapabilities
{
    /// <summary>Name of the provider for logs and metrics, for example <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Model the session runs on.</summary>
    public required string Model { get; init; }

    /// <summary>Wire formats the provider takes and gives.</summary>
    public required IReadOnlyList<RealtimeAudioFormat> AudioFormats { get; init; }

    /// <summary>Whether <see cref="IRealtimeSession.TruncateAsync"/> removes unheard words from the context.</summary>
    public bool Truncation { get; init; } = true;

    /// <summary>Whether the provider cuts its own playback on barge-in (sideband calls), so that we must not.</summary>
    public bool TruncatesByItself { get; init; }

    /// <summary>Whether the provider detects turns by pauses.</summary>
    public bool ServerVad { get; init; } = true;

    /// <summary>Whether the provider detects turns by meaning.</summary>
    public bool SemanticVad { get; init; } = true;

    /// <summary>Whether the caller's words come back as text.</summary>
    public bool InputTranscription { get; init; } = true;

    /// <summary>Whether items may carry our own ids.</summary>
    public bool ClientItemIds { get; init; } = true;

    /// <summary>Whether responses outside the conversation are possible.</summary>
    public bool OutOfBandResponses { get; init; } = true;

    /// <summary>Whether <see cref="SessionSettings.ReasoningEffort"/> is understood.</summary>
    public bool ReasoningEffort { get; init; }

    /// <summary>Longest life of a session.</summary>
    public TimeSpan MaxSessionDuration { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Tokens the context holds.</summary>
    public int ContextTokens { get; init; } = 32_768;

    /// <summary>Tokens allowed for instructions and tools together.</summary>
    public int InstructionTokens { get; init; } = 16_384;

    /// <summary>Voices known to the provider; another name is passed on and may be refused.</summary>
    public IReadOnlyList<string> Voices { get; init; } = [];
}
