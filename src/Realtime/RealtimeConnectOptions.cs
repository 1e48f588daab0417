namespace VoiceOrdering.Realtime;

/// <summary>How one session is opened.</summary>
public sealed record RealtimeConnectOptions
{
    /// <summary>Model; null takes the provider's setting.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Settings sent and confirmed before <see cref="IRealtimeProvider.ConnectAsync"/> returns; null leaves the provider's.
    /// Voice and transcription missing here are filled in from the provider's settings.
    /// </summary>
    public SessionSettings? Settings { get; init; }

    /// <summary>
    /// Id of a call the provider already carries (<c>rtc_…</c>): attaches beside it instead of opening a new session.
    /// The model is then ignored.
    /// </summary>
    public string? CallId { get; init; }

    /// <summary>
    /// Longest wait for an open, configured session, 1 to 120 seconds. Null takes the provider's setting (15 s).
    /// Over it: <see cref="RealtimeException"/> with <see cref="RealtimeErrorCodes.ConnectTimeout"/>.
    /// </summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Our id of the call, for logs; at most 64 characters. Not sent to the provider.</summary>
    public string? CorrelationId { get; init; }
}
