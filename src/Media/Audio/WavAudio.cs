using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Audio;

/// <summary>16-bit PCM audio read from or written to a RIFF/WAVE file; multi-channel files are mixed down to mono on reading.</summary>
/// <param name="SampleRateHz">Samples a second.</param>
/// <param name="Samples">Mono samples.</param>
public sealed record WavAudio(int SampleRateHz, short[] Samples)
{
    private const int HeaderBytes = 44;

    /// <summary>Reads a 16-bit PCM WAVE file.</summary>
    /// <exception cref="InvalidDataException">Not a WAVE file, or not 16-bit PCM.</exception>
    public static WavAudio Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException("Not a RIFF/WAVE file.");
        }

        int channels = 0;
        int sampleRateHz = 0;
        ReadOnlySpan<byte> rest = file[12..];
        while (rest.Length >= 8)
        {
            uint declared = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            // espeak-ng writes to a pipe with a length of 0x7FFFF000 or so: take what is there.
            int length = (int)Math.Min(declared, (uint)(rest.Length - 8));
            ReadOnlySpan<byte> body = rest.Slice(8, length);
            if (rest[..4].SequenceEqual("fmt "u8) && length >= 16)
            {
                channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
                sampleRateHz = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
                if (BinaryPrimitives.ReadUInt16LittleEndian(body[14..]) != 16 || channels == 0)
                {
                    throw new InvalidDataException("Only 16-bit PCM is read.");
                }
            }
            else if (rest[..4].SequenceEqual("data"u8) && channels > 0)
            {
                return new WavAudio(sampleRateHz, MixDown(MemoryMarshal.Cast<byte, short>(body[..(length & ~1)]), channels));
            }

            rest = rest[Math.Min(rest.Length, 8 + length + (length & 1))..];
        }

        throw new InvalidDataException("The file has no audio data.");
    }

    /// <summary>The complete file: 44 bytes of header and the samples.</summary>
    public byte[] ToBytes()
    {
        byte[] file = new byte[HeaderBytes + (Samples.Length * 2)];
        Span<byte> header = file;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SampleRateHz * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], Samples.Length * 2);
        MemoryMarshal.AsBytes(Samples.AsSpan()).CopyTo(header[HeaderBytes..]);
        return file;
    }

    private static short[] MixDown(ReadOnlySpan<short> interleaved, int channels)
    {
        short[] mono = new short[interleaved.Length / channels];
        for (int i = 0; i < mono.Length; i++)
        {
            int sum = 0;
            for (int c = 0; c < channels; c++)
            {
                sum += interleaved[(i * channels) + c];
            }

            mono[i] = (short)(sum / channels);
        }

        return mono;
    }
}
