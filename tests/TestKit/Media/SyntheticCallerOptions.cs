using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.TestKit.Media;

/// <summary>What a synthetic caller offers.</summary>
public sealed record SyntheticCallerOptions
{
    /// <summary>Codecs in the offer, in the order Opus, PCMU, PCMA.</summary>
    public AudioCodecs Codecs { get; init; } = AudioCodecs.Pcmu;

    /// <summary>Offer only the older SRTP profile, AES-CM with HMAC-SHA1-80.</summary>
    public bool OnlyCounterMode { get; init; }

    /// <summary>Announce another certificate than the one used: the server must refuse the handshake.</summary>
    public bool AnnounceForeignCertificate { get; init; }

    /// <summary>Stop reading after the handshake: the cheapest load for benchmarks.</summary>
    public bool IgnoreMedia { get; init; }

    /// <summary>Share of the datagrams, both ways, that are lost until the handshake is done, 0 to 1.</summary>
    public double HandshakeLoss { get; init; }

    /// <summary>Decides which are lost.</summary>
    public int Seed { get; init; } = 1;
}
