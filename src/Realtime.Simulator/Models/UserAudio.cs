using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>One committed turn of the caller, decoded but not resampled.</summary>
public sealed record UserAudio
{
    /// <summary>Item the audio became.</summary>
    public required string ItemId { get; init; }

    /// <summary>Mono 16-bit samples at <see cref="SampleRateHz"/>, padding before and silence after included.</summary>
    public required ReadOnlyMemory<short> Samples { get; init; }

    /// <summary>8000 (G.711) or 24000 (PCM).</summary>
    public required int SampleRateHz { get; init; }

    /// <summary>The wire format it came in.</summary>
    public required RealtimeAudioFormat Format { get; init; }

    /// <summary>Start in milliseconds of all audio appended to the session.</summary>
    public required int StartMs { get; init; }

    /// <summary>What may be wrong with it.</summary>
    public AudioIntegrity Integrity { get; init; } = AudioIntegrity.Sound;

    /// <summary>Length in milliseconds.</summary>
    public int DurationMs => (int)(Samples.Length * 1000L / SampleRateHz);
}
