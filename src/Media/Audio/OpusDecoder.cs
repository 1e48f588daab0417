namespace VoiceOrdering.Media.Audio;

/// <summary>Opus of any bandwidth and channel count to 24 kHz mono, with concealment. Not thread-safe; dispose frees about 20 kB of native memory.</summary>
public sealed unsafe class OpusDecoder : IDisposable
{
    /// <summary>Samples of the longest packet, 120 ms (RFC 6716 §2.1.4).</summary>
    public const int MaxSamples = 2_880;

    private nint _handle;

    /// <summary>Creates a decoder.</summary>
    /// <exception cref="DllNotFoundException">libopus is not installed; see <see cref="OpusEncoder.IsAvailable"/>.</exception>
    public OpusDecoder()
    {
        _handle = OpusLibrary.opus_decoder_create(24_000, 1, out int error);
        if (_handle == 0)
        {
            throw new InvalidOperationException($"opus_decoder_create failed with {error}.");
        }
    }

    /// <summary>Decodes a packet; returns the samples written, 0 for a packet that is not Opus.</summary>
    /// <param name="packet">One packet, not empty.</param>
    /// <param name="samples">Room for <see cref="MaxSamples"/>.</param>
    public int Decode(ReadOnlySpan<byte> packet, Span<short> samples) => packet.IsEmpty ? 0 : Decode(packet, samples, MaxSamples, 0);

    /// <summary>Rebuilds the frame before <paramref name="following"/> from the redundancy in it (RFC 6716 §2.1.7), or conceals it.</summary>
    /// <param name="following">The packet after the lost one.</param>
    /// <param name="samples">Room for <paramref name="frameSize"/>.</param>
    /// <param name="frameSize">Length of the lost frame in samples.</param>
    public int Recover(ReadOnlySpan<byte> following, Span<short> samples, int frameSize) => Decode(following, samples, frameSize, 1);

    /// <summary>Makes up a lost frame from what was heard before.</summary>
    public int Conceal(Span<short> samples, int frameSize) => Decode(default, samples, frameSize, 0);

    /// <summary>Whether a packet of one mono frame carries redundancy for the frame before it (RFC 6716 §4.2.3, §4.2.4: VAD flags, then the LBRR flag).</summary>
    public static bool HasRedundancy(ReadOnlySpan<byte> packet)
    {
        // Configurations 16 and above are CELT only, which has none; code 0 means one frame in the packet (RFC 6716 §3.1).
        if (packet.Length < 2 || packet[0] >> 3 >= 16 || (packet[0] & 3) != 0)
        {
            return false;
        }

        int silkFrames = (packet[0] >> 3) switch { 2 or 6 or 10 => 2, 3 or 7 or 11 => 3, _ => 1 };
        return ((packet[1] >> (7 - silkFrames)) & 1) != 0;
    }

    /// <summary>Frees the native decoder.</summary>
    public void Dispose()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            OpusLibrary.opus_decoder_destroy(handle);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native decoder of a leg that was dropped without being closed.</summary>
    ~OpusDecoder() => Dispose();

    private int Decode(ReadOnlySpan<byte> packet, Span<short> samples, int frameSize, int fec)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        fixed (byte* input = packet)
        fixed (short* output = samples)
        {
            return Math.Max(0, OpusLibrary.opus_decode(_handle, input, packet.Length, output, Math.Min(frameSize, samples.Length), fec));
        }
    }
}
