namespace VoiceOrdering.Media.Audio;

/// <summary>24 kHz mono to Opus, with redundancy when packets are being lost. Not thread-safe; dispose frees about 25 kB of native memory.</summary>
public sealed unsafe class OpusEncoder : IDisposable
{
    /// <summary>A packet is never larger.</summary>
    public const int MaxPacketBytes = 1275;

    private nint _handle;

    /// <summary>Creates an encoder; costs about 0.1 ms.</summary>
    /// <param name="complexity">0 to 10.</param>
    /// <param name="bitrate">Target in bit/s, 6000 to 128000.</param>
    /// <exception cref="DllNotFoundException">libopus is not installed; see <see cref="IsAvailable"/>.</exception>
    public OpusEncoder(int complexity = 5, int bitrate = 32_000)
    {
        _handle = OpusLibrary.opus_encoder_create(24_000, 1, OpusLibrary.ApplicationVoip, out int error);
        if (_handle == 0)
        {
            throw new InvalidOperationException($"opus_encoder_create failed with {error}.");
        }

        Set(OpusLibrary.SetComplexityRequest, complexity);
        Set(OpusLibrary.SetBitrateRequest, bitrate);
        Set(OpusLibrary.SetSignalRequest, OpusLibrary.SignalVoice);
        Set(OpusLibrary.SetMaxBandwidthRequest, OpusLibrary.BandwidthSuperWideband);
        Set(OpusLibrary.SetInbandFecRequest, 1);
    }

    /// <summary>Whether libopus is installed.</summary>
    public static bool IsAvailable => OpusLibrary.IsAvailable;

    /// <summary>Encodes exactly 480 samples (20 ms); about 0.1 ms of CPU.</summary>
    /// <param name="samples">480 samples at 24 kHz.</param>
    /// <param name="packet">At least <see cref="MaxPacketBytes"/> bytes.</param>
    /// <returns>Length of the packet; 0 when libopus reports an error.</returns>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> packet)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        fixed (short* input = samples)
        fixed (byte* output = packet)
        {
            return Math.Max(0, OpusLibrary.opus_encode(_handle, input, samples.Length, output, packet.Length));
        }
    }

    /// <summary>
    /// Tells how many of 100 packets are lost on the way, 0 to 100; above 0 speech carries redundancy (RFC 6716 §2.1.7), which costs CPU and
    /// quality. Default 0.
    /// </summary>
    public void ExpectLoss(int percent) => Set(OpusLibrary.SetPacketLossPercentRequest, percent);

    /// <summary>Frees the native encoder.</summary>
    public void Dispose()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            OpusLibrary.opus_encoder_destroy(handle);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native encoder of a leg that was dropped without being closed.</summary>
    ~OpusEncoder() => Dispose();

    private void Set(int request, int value)
    {
        if (OpusLibrary.opus_encoder_ctl(_handle, request, value) != 0)
        {
            Dispose();
            throw new ArgumentOutOfRangeException(nameof(value), value, $"libopus refused setting {request}.");
        }
    }
}
