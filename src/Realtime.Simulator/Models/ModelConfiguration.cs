using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>The session's settings as far as they matter to a brain.</summary>
public sealed record ModelConfiguration
{
    /// <summary>System prompt; empty when none.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>Functions of type <c>function</c>, in the client's order.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or a function's name.</summary>
    public string ToolChoice { get; init; } = "auto";

    /// <summary>Voice name of the session.</summary>
    public string Voice { get; init; } = "alloy";

    /// <summary>Language hint of the transcription; null when none.</summary>
    public string? Language { get; init; }

    /// <summary>Prompt of the transcription (words to expect); null when none.</summary>
    public string? TranscriptionPrompt { get; init; }
}
