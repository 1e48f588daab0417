namespace VoiceOrdering.Realtime;

/// <summary>What one <c>response.create</c> does differently from the session. Null members follow the session.</summary>
public sealed record ResponseOptions
{
    /// <summary>Everything as the session says.</summary>
    public static ResponseOptions Default { get; } = new();

    /// <summary>Instructions that replace the session's for this response only.</summary>
    public string? Instructions { get; init; }

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or the name of one function.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Form of this answer.</summary>
    public ResponseModality? Modality { get; init; }

    /// <summary>Limit of this answer, 1 to 4096 tokens.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Up to 16 pairs that come back in <see cref="ResponseStarted.Metadata"/>; tells a prompt from a turn.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Whether the answer becomes part of the conversation. Out-of-band answers may run in parallel.</summary>
    public ResponseScope Scope { get; init; } = ResponseScope.Conversation;
}
