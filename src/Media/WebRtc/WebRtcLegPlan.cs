using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Rtp;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>What the negotiation decided for one leg.</summary>
internal sealed record WebRtcLegPlan
{
    public required string LegId { get; init; }

    public required NegotiatedCodec Codec { get; init; }

    public required IceGeneration Ice { get; init; }

    public required CertificateFingerprint PeerFingerprint { get; init; }

    public required uint Ssrc { get; init; }

    public required string CanonicalName { get; init; }

    public RtpReceiverSettings ReceiverSettings(WebRtcServerOptions options) =>
        new(Codec.PayloadType, Codec.ClockHz, Codec.IsKeyTone, options.JitterTargetMaxMs);

    public RtpSenderSettings SenderSettings() => new(Codec.PayloadType, Codec.ClockHz, Codec.TimestampsPerFrame, Ssrc, CanonicalName);
}
