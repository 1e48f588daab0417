using System.Runtime.InteropServices;
using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>From a voice's 24 kHz samples to the session's output format. One per answer: the filter keeps state between sentences.</summary>
internal sealed class SpeechEncoder(RealtimeAudioFormat format)
{
    private readonly Downsampler24kTo8k _downsampler = new();

    public byte[] Encode(ReadOnlySpan<short> samples)
    {
        if (format == RealtimeAudioFormat.Pcm24k)
        {
            // The wire is little-endian, as is every machine .NET 10 runs this on.
            return MemoryMarshal.AsBytes(samples).ToArray();
        }

        var narrow = new short[samples.Length / 3];
        _downsampler.Process(samples[..(narrow.Length * 3)], narrow);
        var codes = new byte[narrow.Length];
        if (format == RealtimeAudioFormat.Pcmu)
        {
            G711.EncodeMuLaw(narrow, codes);
        }
        else
        {
            G711.EncodeALaw(narrow, codes);
        }

        return codes;
    }
}
