namespace VoiceOrdering.Realtime.Simulator.Faults;

/// <summary>Everything that can be made to go wrong. Immutable; the default is a provider in good health.</summary>
public sealed record SimulatorFaults
{
    /// <summary>No faults.</summary>
    public static SimulatorFaults None { get; } = new();

    /// <summary>The next so many upgrades are refused with <see cref="RefuseStatus"/>.</summary>
    public int RefuseUpgrades { get; init; }

    /// <summary>Status of a refused upgrade, for example 401, 403, 429, 503.</summary>
    public int RefuseStatus { get; init; } = 429;

    /// <summary>Seconds in <c>Retry-After</c> of a refused upgrade.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Whether the socket opens but <c>session.created</c> never comes.</summary>
    public bool SilentStart { get; init; }

    /// <summary>Age in milliseconds at which the session expires (<c>session_expired</c>, then 1001); null: the normal cap.</summary>
    public int? ExpireAfterMs { get; init; }

    /// <summary>Age in milliseconds at which the server closes; null: never.</summary>
    public int? CloseAfterMs { get; init; }

    /// <summary>Close code for <see cref="CloseAfterMs"/> and <see cref="CloseAfterDeltas"/>.</summary>
    public int CloseCode { get; init; } = 1001;

    /// <summary>Reason text for <see cref="CloseCode"/>.</summary>
    public string CloseReason { get; init; } = "going away";

    /// <summary>Audio or text deltas of one answer after which the server closes with <see cref="CloseCode"/>; null: never.</summary>
    public int? CloseAfterDeltas { get; init; }

    /// <summary>Deltas of one answer after which the connection is cut without a close frame; null: never.</summary>
    public int? DropAfterDeltas { get; init; }

    /// <summary>Deltas of one answer after which nothing more is sent until resumed; null: never. The socket stays open.</summary>
    public int? StallAfterDeltas { get; init; }

    /// <summary>Extra wait before each delta, in milliseconds.</summary>
    public int DeltaDelayMs { get; init; }

    /// <summary>Wait between <c>response.created</c> and the first word, in milliseconds.</summary>
    public int ResponseDelayMs { get; init; }

    /// <summary>The next so many answers fail with <see cref="FailCode"/>.</summary>
    public int FailResponses { get; init; }

    /// <summary>Code of failed answers; <c>insufficient_quota</c> and other fatal ones also close with 1008.</summary>
    public string FailCode { get; init; } = "rate_limit_exceeded";

    /// <summary>Whether each finished function call is announced twice.</summary>
    public bool DuplicateToolCalls { get; init; }

    /// <summary>Whether a tool output makes an answer by itself, as the provider at times does.</summary>
    public bool RespondToToolOutput { get; init; }

    /// <summary>Wait between commit and transcript, in milliseconds; large: it comes after <c>response.done</c>.</summary>
    public int TranscriptDelayMs { get; init; }

    /// <summary>The next so many transcripts fail.</summary>
    public int FailTranscripts { get; init; }

    /// <summary>Whether audio and text events have their beta names.</summary>
    public bool BetaNames { get; init; }

    /// <summary>Whether an event of an unheard-of type is sent before each answer.</summary>
    public bool UnknownEvents { get; init; }
}
