using VoiceOrdering.Identity;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>What every part of one call shares and never changes.</summary>
internal sealed record CallContext
{
    public required SessionId Session { get; init; }

    /// <summary>Names this bridge to the grain; a newer one fences it off.</summary>
    public required string BridgeId { get; init; }

    /// <summary>Owner of the session.</summary>
    public required Caller Caller { get; init; }

    public required ISessionGrain Grain { get; init; }

    public required IRealtimeProvider Provider { get; init; }

    /// <summary>The customer's media; null for a typed conversation.</summary>
    public ICallLeg? Leg { get; init; }

    /// <summary>As the grain knows it: <c>webrtc</c>, <c>sip</c> or <c>text</c>.</summary>
    public required string LegKind { get; init; }

    public required CallSettings Settings { get; init; }

    public required TimeProvider Time { get; init; }

    public required IIdSource Ids { get; init; }

    public required CallMetrics Metrics { get; init; }

    public required ProviderHealth Health { get; init; }

    public required ILogger Logger { get; init; }
}
