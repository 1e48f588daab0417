using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Echo;

/// <summary>
/// A voice without a synthesizer: a tone whose length follows the words (60 ms a character at normal speed, at least
/// 200 ms) and whose pitch follows the voice's name. Honest about being no speech, and easy to find by FFT.
/// </summary>
public sealed class ToneVoice : IVoice
{
    private const int SampleRateHz = 24_000;
    private const int MsPerCharacter = 60;
    private const int MinimumMs = 200;
    private const double Amplitude = 8_000;

    /// <summary>Pitch of a voice: 440 to 940 Hz in steps of 50, the same for the same name.</summary>
    public static int FrequencyHz(string voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        return 440 + voice.Sum(character => character) % 11 * 50;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<short>> SpeakAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var durationMs = Math.Max(MinimumMs, request.Text.Length * MsPerCharacter) / Math.Clamp(request.Speed, 0.25, 1.5);
        var samples = new short[(int)(durationMs * SampleRateHz / 1000)];
        var step = 2 * Math.PI * FrequencyHz(request.Voice) / SampleRateHz;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(Amplitude * Math.Sin(step * i));
        }

        return ValueTask.FromResult<ReadOnlyMemory<short>>(samples);
    }
}
