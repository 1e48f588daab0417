namespace VoiceOrdering.Realtime;

/// <summary>How a response ended.</summary>
public enum ResponseStatus
{
    /// <summary>Whole.</summary>
    Completed,

    /// <summary>Stopped by the caller's speech (<c>turn_detected</c>) or by us (<c>client_cancelled</c>).</summary>
    Cancelled,

    /// <summary>Failed at the provider; <see cref="ResponseEnded.Error"/> says why.</summary>
    Failed,

    /// <summary>Cut by <c>max_output_tokens</c> or <c>content_filter</c>.</summary>
    Incomplete,
}
