namespace VoiceOrdering.Media.WebRtc;

/// <summary>Codecs an answer may choose from.</summary>
[Flags]
public enum AudioCodecs
{
    /// <summary>None; every offer is refused.</summary>
    None = 0,

    /// <summary>Opus (RFC 7587); only when libopus is present.</summary>
    Opus = 1,

    /// <summary>G.711 mu-law.</summary>
    Pcmu = 2,

    /// <summary>G.711 A-law.</summary>
    Pcma = 4,

    /// <summary>Everything this process can do.</summary>
    All = Opus | Pcmu | Pcma,
}
