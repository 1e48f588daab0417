using System.ComponentModel.DataAnnotations;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>Settings of the OpenAI adapter, section <see cref="SectionName"/>. Ranges are enforced at start.</summary>
public sealed class OpenAiRealtimeOptions
{
    /// <summary>Configuration section the settings are read from.</summary>
    public const string SectionName = "Realtime";

    /// <summary>Base address up to and including <c>/v1</c>; http(s), turned into ws(s) for the socket. A simulator's address goes here.</summary>
    [Required]
    public Uri Endpoint { get; set; } = new("https://api.openai.com/v1");

    /// <summary>Key sent as bearer token: an API key or an ephemeral <c>ek_…</c>. Empty: every connect fails as <see cref="RealtimeErrorCodes.KeyMissing"/>.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Model when the connect options name none.</summary>
    [Required]
    public string Model { get; set; } = "gpt-realtime-2.1-mini";

    /// <summary>Voice when the settings name none; empty leaves the provider's.</summary>
    public string Voice { get; set; } = "marin";

    /// <summary>Transcription model when the settings name none; empty leaves the provider's (off).</summary>
    public string TranscriptionModel { get; set; } = "gpt-transcribe";

    /// <summary>Longest wait for an open and configured session, in seconds, 1 to 120.</summary>
    [Range(1, 120)]
    public double ConnectTimeoutSeconds { get; set; } = 15;

    /// <summary>Longest wait for the confirmation of new settings, in seconds, 1 to 120.</summary>
    [Range(1, 120)]
    public double ConfigureTimeoutSeconds { get; set; } = 10;

    /// <summary>Longest wait for the provider's close frame, in seconds, 0.1 to 30.</summary>
    [Range(0.1, 30)]
    public double CloseTimeoutSeconds { get; set; } = 2;

    /// <summary>Silence on the socket after which a ping is sent, in seconds, 1 to 300.</summary>
    [Range(1, 300)]
    public double KeepAliveIntervalSeconds { get; set; } = 15;

    /// <summary>Wait for the answer to a ping before the connection counts as lost, in seconds, 1 to 300.</summary>
    [Range(1, 300)]
    public double KeepAliveTimeoutSeconds { get; set; } = 10;

    /// <summary>Audio frames that may wait to be sent, 16 to 65536; beyond that frames are dropped and counted. 512 frames of 20 ms are 10 s.</summary>
    [Range(16, 65_536)]
    public int MaxQueuedAudioFrames { get; set; } = 512;

    /// <summary>Other messages that may wait to be sent, 16 to 65536; beyond that verbs are refused.</summary>
    [Range(16, 65_536)]
    public int MaxQueuedVerbs { get; set; } = 256;

    /// <summary>Events that may wait for the reader, 16 to 65536; beyond that the socket is not read.</summary>
    [Range(16, 65_536)]
    public int MaxQueuedEvents { get; set; } = 1024;

    /// <summary>Largest message taken from the provider, in bytes, 64 KiB to 64 MiB; beyond that the session is given up.</summary>
    [Range(65_536, 67_108_864)]
    public int MaxMessageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Rates per model that replace or complete the built-in ones.</summary>
    public Dictionary<string, RealtimeRates> Rates { get; } = new(StringComparer.Ordinal);
}
