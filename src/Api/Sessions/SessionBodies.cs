using VoiceOrdering.Api.Carts;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Sessions;

/// <summary>Asks for a session.</summary>
internal sealed record OpenSessionRequest : TenantScopedRequest
{
    public string? Channel { get; init; }

    public string? Language { get; init; }

    /// <summary>Flags by name, decided by the caller; only in development.</summary>
    public IReadOnlyDictionary<string, bool>? Flags { get; init; }
}

/// <summary>Takes a session up again.</summary>
internal sealed record ResumeSessionRequest : TenantScopedRequest
{
    public string? ResumeToken { get; init; }
}

/// <summary>A session as its owner sees it.</summary>
internal sealed record SessionBody
{
    public required string SessionId { get; init; }

    /// <summary>Only in the answer that opened the session.</summary>
    public string? ResumeToken { get; init; }

    public required SessionPhase Phase { get; init; }

    /// <summary>none, connecting, connected or lost.</summary>
    public required string Connection { get; init; }

    public required string Channel { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required IReadOnlyList<IceServer> IceServers { get; init; }

    public required IReadOnlyList<TurnRecord> Transcript { get; init; }

    public required CartBody Cart { get; init; }

    /// <summary>Flags that are on for this session.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Where the event stream stands; continue it with this Last-Event-ID.</summary>
    public required long LastEventId { get; init; }
}

/// <summary>An ICE server in the form of the browser's RTCIceServer.</summary>
internal sealed record IceServer(IReadOnlyList<string> Urls, string? Username = null, string? Credential = null);
