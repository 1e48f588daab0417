namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>Turns words into speech. Safe for concurrent use.</summary>
public interface IVoice
{
    /// <summary>
    /// Speaks one <see cref="ModelAction.Say"/>. 16-bit mono at 24000 Hz; the same request gives the same samples.
    /// </summary>
    ValueTask<ReadOnlyMemory<short>> SpeakAsync(SpeechRequest request, CancellationToken cancellationToken);
}
