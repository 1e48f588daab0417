using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>What is kept of a session, apart from its tool answers. Immutable like <see cref="Carts.CartState"/>.</summary>
[GenerateSerializer, Alias("vo.SessionState")]
public sealed record SessionState
{
    /// <summary>The restaurant; null until the session is opened.</summary>
    [Id(0)] public string? Restaurant { get; init; }
    /// <summary>Subject that owns the session.</summary>
    [Id(1)] public string Owner { get; init; } = "";
    /// <summary>Scopes the owner had when it was opened; the tools act with them.</summary>
    [Id(2)] public IReadOnlyList<string> OwnerScopes { get; init; } = [];
    /// <summary><c>web</c>, <c>text</c> or <c>phone</c>.</summary>
    [Id(3)] public string Channel { get; init; } = "";
    /// <summary>BCP 47 tag.</summary>
    [Id(4)] public string Language { get; init; } = "";
    /// <summary>Present phase.</summary>
    [Id(5)] public SessionPhase Phase { get; init; }
    /// <summary>SHA-256 of the resume token; the token itself is never kept.</summary>
    [Id(6)] public string ResumeTokenHash { get; init; } = "";
    /// <summary>The bridge in charge; empty when none is.</summary>
    [Id(7)] public string BridgeId { get; init; } = "";
    /// <summary><c>webrtc</c>, <c>sip</c> or <c>text</c>.</summary>
    [Id(8)] public string LegKind { get; init; } = "";
    /// <summary>UTC instant after which it cannot be resumed.</summary>
    [Id(9)] public DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Finished turns, oldest first, at most <c>Limits.TranscriptTurns</c>.</summary>
    [Id(10)] public IReadOnlyList<TurnRecord> Transcript { get; init; } = [];
    /// <summary>Event sequences up to this one may have been used; a new activation goes on after it.</summary>
    [Id(11)] public long SequenceReserved { get; init; }
    /// <summary>The order whose placement was told; null before.</summary>
    [Id(12)] public string? OrderTold { get; init; }
    /// <summary>Flags that are on, decided when it was opened; null for a session from before there were flags.</summary>
    [Id(13)] public IReadOnlyList<string>? Flags { get; init; }
    /// <summary>Flags the session was opened with by hand, in development: their rules do not matter.</summary>
    [Id(14)] public IReadOnlyList<string> FlagsByHand { get; init; } = [];
}

/// <summary>Stored answers of a session's tool calls.</summary>
[GenerateSerializer, Alias("vo.ToolLedger")]
public sealed record ToolLedger
{
    /// <summary>Oldest first, at most <c>Limits.ToolCalls</c>.</summary>
    [Id(0)] public IReadOnlyList<StoredToolAnswer> Answers { get; init; } = [];
}

/// <summary>One stored answer.</summary>
/// <param name="CallId">The provider's call id.</param>
/// <param name="OutputJson">What the provider got.</param>
/// <param name="EndsCall">Whether the model asked to end the call.</param>
[GenerateSerializer, Immutable, Alias("vo.StoredToolAnswer")]
public sealed record StoredToolAnswer([property: Id(0)] string CallId, [property: Id(1)] string OutputJson, [property: Id(2)] bool EndsCall);
