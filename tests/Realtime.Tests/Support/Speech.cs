using System.Runtime.InteropServices;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Tests.Support;

/// <summary>Sound for tests: a tone is loud enough to be speech for a detector that listens to energy, faint noise is not.</summary>
internal static class Speech
{
    public static byte[] Tone(RealtimeAudioFormat format, int durationMs, int frequencyHz = 300) =>
        Encode(format, durationMs, index => 9000 * Math.Sin(2 * Math.PI * frequencyHz * index / format.SampleRateHz()));

    public static byte[] Quiet(RealtimeAudioFormat format, int durationMs)
    {
        var random = new Random(7);
        return Encode(format, durationMs, _ => random.Next(-12, 13));
    }

    public static short[] Decode(RealtimeAudioFormat format, ReadOnlySpan<byte> audio)
    {
        if (format == RealtimeAudioFormat.Pcm24k)
        {
            return MemoryMarshal.Cast<byte, short>(audio).ToArray();
        }

        var samples = new short[audio.Length];
        if (format == RealtimeAudioFormat.Pcmu)
        {
            G711.DecodeMuLaw(audio, samples);
        }
        else
        {
            G711.DecodeALaw(audio, samples);
        }

        return samples;
    }

    /// <summary>The pitch with the most energy, in steps of 10 Hz (Goertzel).</summary>
    public static int PitchHz(ReadOnlySpan<short> samples, int sampleRateHz)
    {
        var best = (Hz: 0, Power: 0.0);
        for (var hz = 200; hz <= 1200; hz += 10)
        {
            var coefficient = 2 * Math.Cos(2 * Math.PI * hz / sampleRateHz);
            double before = 0, last = 0;
            foreach (var sample in samples)
            {
                (before, last) = (last, sample + coefficient * last - before);
            }

            var power = before * before + last * last - coefficient * before * last;
            best = power > best.Power ? (hz, power) : best;
        }

        return best.Hz;
    }

    /// <summary>Appends in frames of 20 ms.</summary>
    public static void AppendFrames(this IRealtimeSession session, RealtimeAudioFormat format, byte[] audio)
    {
        var frame = format.BytesPerMs() * 20;
        for (var at = 0; at < audio.Length; at += frame)
        {
            session.AppendAudio(audio.AsSpan(at, Math.Min(frame, audio.Length - at))).ShouldBeTrue();
        }
    }

    private static byte[] Encode(RealtimeAudioFormat format, int durationMs, Func<int, double> wave)
    {
        var samples = new short[durationMs * format.SampleRateHz() / 1000];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)wave(i);
        }

        if (format == RealtimeAudioFormat.Pcm24k)
        {
            return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
        }

        var codes = new byte[samples.Length];
        if (format == RealtimeAudioFormat.Pcmu)
        {
            G711.EncodeMuLaw(samples, codes);
        }
        else
        {
            G711.EncodeALaw(samples, codes);
        }

        return codes;
    }
}
