namespace VoiceOrdering.Media.Audio;

/// <summary>How the bytes of one 20 ms frame are to be read.</summary>
public enum AudioEncoding
{
    /// <summary>No format; the value of <c>default</c>, never returned by a leg.</summary>
    None,

    /// <summary>G.711 mu-law, 8 kHz mono, one byte a sample (provider name <c>audio/pcmu</c>).</summary>
    Pcmu,

    /// <summary>G.711 A-law, 8 kHz mono, one byte a sample (provider name <c>audio/pcma</c>).</summary>
    Pcma,

    /// <summary>Signed 16-bit little-endian linear PCM, mono (provider name <c>audio/pcm</c>).</summary>
    Pcm16,
}

/// <summary>One of the three audio formats that cross the border between a leg and its bridge. Mono always.</summary>
/// <remarks>A frame is always <see cref="FrameMs"/> long: 160 bytes for G.711, 960 bytes for <see cref="Pcm24k"/>.</remarks>
public readonly record struct AudioFormat
{
    /// <summary>Length of every frame in milliseconds.</summary>
    public const int FrameMs = 20;

    /// <summary>The largest <see cref="BytesPerFrame"/> of all formats; a buffer of this size holds any frame.</summary>
    public const int MaxBytesPerFrame = 960;

    private AudioFormat(AudioEncoding encoding, int sampleRateHz, int bytesPerSample)
    {
        Encoding = encoding;
        SampleRateHz = sampleRateHz;
        BytesPerSample = bytesPerSample;
    }

    /// <summary>G.711 mu-law at 8 kHz: 160 bytes a frame.</summary>
    public static AudioFormat Pcmu8k { get; } = new(AudioEncoding.Pcmu, 8_000, 1);

    /// <summary>G.711 A-law at 8 kHz: 160 bytes a frame.</summary>
    public static AudioFormat Pcma8k { get; } = new(AudioEncoding.Pcma, 8_000, 1);

    /// <summary>16-bit little-endian PCM at 24 kHz: 960 bytes a frame.</summary>
    public static AudioFormat Pcm24k { get; } = new(AudioEncoding.Pcm16, 24_000, 2);

    /// <summary>How the bytes are to be read.</summary>
    public AudioEncoding Encoding { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRateHz { get; }

    /// <summary>1 for G.711, 2 for linear PCM.</summary>
    public int BytesPerSample { get; }

    /// <summary>Samples in 20 ms: 160 or 480.</summary>
    public int SamplesPerFrame => SampleRateHz / (1000 / FrameMs);

    /// <summary>Bytes in 20 ms: 160 or 960.</summary>
    public int BytesPerFrame => SamplesPerFrame * BytesPerSample;

    /// <summary>Bytes in one millisecond: 8 or 48.</summary>
    public int BytesPerMs => SampleRateHz / 1000 * BytesPerSample;

    /// <summary>Milliseconds that <paramref name="byteCount"/> bytes last, rounded down.</summary>
    public int DurationMs(int byteCount) => BytesPerMs == 0 ? 0 : byteCount / BytesPerMs;

    /// <summary>Fills the buffer with digital silence of this format (0xFF, 0xD5 or 0).</summary>
    public void FillSilence(Span<byte> buffer) => buffer.Fill(Encoding switch
    {
        AudioEncoding.Pcmu => G711.MuLawSilence,
        AudioEncoding.Pcma => G711.ALawSilence,
        _ => (byte)0,
    });

    /// <inheritdoc/>
    public override string ToString() => Encoding switch
    {
        AudioEncoding.Pcmu => "pcmu/8000",
        AudioEncoding.Pcma => "pcma/8000",
        AudioEncoding.Pcm16 => "pcm16/" + SampleRateHz.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "none",
    };
}
