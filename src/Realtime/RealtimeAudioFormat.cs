namespace VoiceOrdering.Realtime;

/// <summary>
/// The encoding of audio on the provider's wire, mono, without a container.
/// The provider transcodes nothing for us: bytes in and out of a session are in these formats.
/// Source: OpenAI Realtime guide, session object <c>audio.input.format</c> / <c>audio.output.format</c> (2026-08).
/// </summary>
public enum RealtimeAudioFormat
{
    /// <summary>G.711 µ-law, 8000 Hz, 8 bytes per millisecond (<c>audio/pcmu</c>).</summary>
    Pcmu,

    /// <summary>G.711 A-law, 8000 Hz, 8 bytes per millisecond (<c>audio/pcma</c>).</summary>
    Pcma,

    /// <summary>Linear 16-bit little-endian, 24000 Hz, 48 bytes per millisecond (<c>audio/pcm</c>, rate 24000).</summary>
    Pcm24k,
}
