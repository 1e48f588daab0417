using System.Runtime.InteropServices;

namespace VoiceOrdering.Realtime.Simulator.Tests.Ear;

/// <summary>Sends 48 kHz samples through the system's libopus, 20 ms a packet as a browser does, and decodes them at 24 kHz.</summary>
internal static partial class OpusLine
{
    private const string Library = "libopus.so.0";
    private const int Voip = 2048;
    private const int SetBitrate = 4002;
    private const int FrameSamples = 960;

    public static short[] Pass(ReadOnlySpan<short> samples48k, int bitsPerSecond)
    {
        var encoder = opus_encoder_create(48_000, 1, Voip, out var error);
        var decoder = opus_decoder_create(24_000, 1, out var decoderError);
        if (error != 0 || decoderError != 0)
        {
            throw new InvalidOperationException($"libopus: {error}, {decoderError}");
        }

        try
        {
            _ = opus_encoder_ctl(encoder, SetBitrate, bitsPerSecond);
            var output = new List<short>();
            var packet = new byte[1500];
            var decoded = new short[FrameSamples];
            var frame = new short[FrameSamples];
            for (var at = 0; at < samples48k.Length; at += FrameSamples)
            {
                Array.Clear(frame);
                samples48k[at..Math.Min(at + FrameSamples, samples48k.Length)].CopyTo(frame);
                var bytes = opus_encode(encoder, frame, FrameSamples, packet, packet.Length);
                var count = opus_decode(decoder, packet, bytes, decoded, FrameSamples, 0);
                output.AddRange(decoded.AsSpan(0, count));
            }

            return [.. output];
        }
        finally
        {
            opus_encoder_destroy(encoder);
            opus_decoder_destroy(decoder);
        }
    }

    [LibraryImport(Library)]
    private static partial nint opus_encoder_create(int sampleRateHz, int channels, int application, out int error);

    [LibraryImport(Library)]
    private static partial int opus_encoder_ctl(nint encoder, int request, int value);

    [LibraryImport(Library)]
    private static partial int opus_encode(nint encoder, short[] samples, int frameSize, byte[] packet, int maxBytes);

    [LibraryImport(Library)]
    private static partial void opus_encoder_destroy(nint encoder);

    [LibraryImport(Library)]
    private static partial nint opus_decoder_create(int sampleRateHz, int channels, out int error);

    [LibraryImport(Library)]
    private static partial int opus_decode(nint decoder, byte[] packet, int bytes, short[] samples, int frameSize, int decodeFec);

    [LibraryImport(Library)]
    private static partial void opus_decoder_destroy(nint decoder);
}
