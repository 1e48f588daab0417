namespace VoiceOrdering.Media.Audio;

/// <summary>ITU-T G.711 mu-law and A-law by table. Stateless and thread-safe; no allocation after the first use.</summary>
public static class G711
{
    /// <summary>The mu-law code of sample value 0.</summary>
    public const byte MuLawSilence = 0xFF;

    /// <summary>The A-law code nearest to sample value 0 (A-law has no exact zero; it decodes to 8).</summary>
    public const byte ALawSilence = 0xD5;

    private const int MuLawBias = 0x84;
    private const int MuLawClip = 32_635;

    private static readonly short[] s_muLawToLinear = BuildTable(ExpandMuLaw);
    private static readonly short[] s_aLawToLinear = BuildTable(ExpandALaw);

    // Mu-law keeps 14 bits and A-law 13, so 4-sample and 8-sample steps of the input share a code: 16 K entries are exact for both.
    private static readonly byte[] s_linearToMuLaw = BuildCompressTable(CompressMuLaw);
    private static readonly byte[] s_linearToALaw = BuildCompressTable(CompressALaw);

    /// <summary>The linear value of one mu-law code.</summary>
    public static short DecodeMuLaw(byte code) => s_muLawToLinear[code];

    /// <summary>The linear value of one A-law code.</summary>
    public static short DecodeALaw(byte code) => s_aLawToLinear[code];

    /// <summary>The mu-law code of one linear sample.</summary>
    public static byte EncodeMuLaw(short sample) => s_linearToMuLaw[(ushort)sample >> 2];

    /// <summary>The A-law code of one linear sample.</summary>
    public static byte EncodeALaw(short sample) => s_linearToALaw[(ushort)sample >> 2];

    /// <summary>Decodes mu-law codes; <paramref name="samples"/> must be at least as long as <paramref name="codes"/>.</summary>
    public static void DecodeMuLaw(ReadOnlySpan<byte> codes, Span<short> samples) => Decode(s_muLawToLinear, codes, samples);

    /// <summary>Decodes A-law codes; <paramref name="samples"/> must be at least as long as <paramref name="codes"/>.</summary>
    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> samples) => Decode(s_aLawToLinear, codes, samples);

    /// <summary>Encodes to mu-law; <paramref name="codes"/> must be at least as long as <paramref name="samples"/>.</summary>
    public static void EncodeMuLaw(ReadOnlySpan<short> samples, Span<byte> codes) => Encode(s_linearToMuLaw, samples, codes);

    /// <summary>Encodes to A-law; <paramref name="codes"/> must be at least as long as <paramref name="samples"/>.</summary>
    public static void EncodeALaw(ReadOnlySpan<short> samples, Span<byte> codes) => Encode(s_linearToALaw, samples, codes);

    private static void Decode(short[] table, ReadOnlySpan<byte> codes, Span<short> samples)
    {
        samples = samples[..codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            samples[i] = table[codes[i]];
        }
    }

    private static void Encode(byte[] table, ReadOnlySpan<short> samples, Span<byte> codes)
    {
        codes = codes[..samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            codes[i] = table[(ushort)samples[i] >> 2];
        }
    }

    private static short[] BuildTable(Func<int, short> expand)
    {
        short[] table = new short[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = expand(i);
        }

        return table;
    }

    private static byte[] BuildCompressTable(Func<int, byte> compress)
    {
        byte[] table = new byte[1 << 14];
        for (int i = 0; i < table.Length; i++)
        {
            // Negative values are cut towards zero, as the one's complement of ITU-T G.191 does.
            short sample = (short)(i << 2);
            table[i] = compress(sample < 0 ? (short)(sample | 3) : sample);
        }

        return table;
    }

    private static short ExpandMuLaw(int code)
    {
        code = ~code & 0xFF;
        int magnitude = ((((code & 0x0F) << 3) + MuLawBias) << ((code & 0x70) >> 4)) - MuLawBias;
        return (short)((code & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short ExpandALaw(int code)
    {
        code ^= 0x55;
        int segment = (code & 0x70) >> 4;
        int magnitude = ((code & 0x0F) << 4) + 8;
        if (segment > 0)
        {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }

        return (short)((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte CompressMuLaw(int sample)
    {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.Min(sample < 0 ? -sample : sample, MuLawClip) + MuLawBias;
        int exponent = int.Log2(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }

    private static byte CompressALaw(int sample)
    {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = sample >= 0 ? sample : -sample - 1;
        int exponent = magnitude > 0xFF ? int.Log2(magnitude) - 7 : 0;
        int mantissa = (magnitude >> (exponent == 0 ? 4 : exponent + 3)) & 0x0F;
        return (byte)((sign | (exponent << 4) | mantissa) ^ 0x55);
    }
}
