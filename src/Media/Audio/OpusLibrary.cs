using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Audio;

/// <summary>The functions of libopus that are used (opus.h of libopus 1.3 and later). Optional at run time.</summary>
internal static unsafe partial class OpusLibrary
{
    public const int ApplicationVoip = 2048;
    public const int SetBitrateRequest = 4002;
    public const int SetMaxBandwidthRequest = 4004;
    public const int SetComplexityRequest = 4010;
    public const int SetInbandFecRequest = 4012;
    public const int SetPacketLossPercentRequest = 4014;
    public const int SetSignalRequest = 4024;
    public const int SignalVoice = 3001;
    public const int BandwidthSuperWideband = 1104;

    private const string Library = "libopus.so.0";

    private static readonly Lazy<bool> s_isAvailable = new(() => NativeLibrary.TryLoad(Library, typeof(OpusLibrary).Assembly, null, out _));

    /// <summary>Whether the library can be loaded here.</summary>
    public static bool IsAvailable => s_isAvailable.Value;

    [LibraryImport(Library)]
    public static partial nint opus_encoder_create(int sampleRateHz, int channels, int application, out int error);

    [LibraryImport(Library)]
    public static partial void opus_encoder_destroy(nint encoder);

    // Variadic in C. On Linux x64 and arm64 integer arguments travel in the same registers either way; not so on Apple arm64.
    [LibraryImport(Library)]
    public static partial int opus_encoder_ctl(nint encoder, int request, int value);

    [LibraryImport(Library)]
    public static partial int opus_encode(nint encoder, short* samples, int frameSize, byte* packet, int capacity);

    [LibraryImport(Library)]
    public static partial nint opus_decoder_create(int sampleRateHz, int channels, out int error);

    [LibraryImport(Library)]
    public static partial void opus_decoder_destroy(nint decoder);

    [LibraryImport(Library)]
    public static partial int opus_decode(nint decoder, byte* packet, int length, short* samples, int frameSize, int decodeFec);
}
