namespace VoiceOrdering.Realtime;

/// <summary>Sizes and wire names of <see cref="RealtimeAudioFormat"/>.</summary>
public static class RealtimeAudioFormatExtensions
{
    /// <summary>Bytes of one millisecond of audio: 8 for G.711, 48 for 24 kHz PCM.</summary>
    public static int BytesPerMs(this RealtimeAudioFormat format) => format == RealtimeAudioFormat.Pcm24k ? 48 : 8;

    /// <summary>Samples per second: 8000 or 24000.</summary>
    public static int SampleRateHz(this RealtimeAudioFormat format) => format == RealtimeAudioFormat.Pcm24k ? 24_000 : 8_000;

    /// <summary>Whole milliseconds that <paramref name="byteCount"/> bytes last (rounded down).</summary>
    public static int DurationMs(this RealtimeAudioFormat format, int byteCount) => byteCount / format.BytesPerMs();

    /// <summary>The provider's media type: <c>audio/pcmu</c>, <c>audio/pcma</c> or <c>audio/pcm</c>.</summary>
    public static string MediaType(this RealtimeAudioFormat format) => format switch
    {
        RealtimeAudioFormat.Pcmu => "audio/pcmu",
        RealtimeAudioFormat.Pcma => "audio/pcma",
        _ => "audio/pcm",
    };
}
