using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Audio;

/// <summary>Opus on the wire, 24 kHz PCM towards the bridge.</summary>
internal sealed class OpusCodec : IFrameDecoder, IFrameEncoder
{
    private const int FrameSamples = 480;

    // Encoding this much silence lets the encoder's filters run dry before the cached packet takes over.
    private const int EncodedSilenceFrames = 5;

    private readonly OpusEncoder _encoder;
    private readonly OpusDecoder _decoder = new();
    private readonly byte[] _silence = new byte[OpusEncoder.MaxPacketBytes];
    private int _silenceLength;
    private int _silentFrames;
    private int _lossPercent;

    public OpusCodec(int complexity, int bitrate) => _encoder = new OpusEncoder(complexity, bitrate);

    int IFrameDecoder.MaxBytes => OpusDecoder.MaxSamples * 2;

    int IFrameEncoder.MaxBytes => OpusEncoder.MaxPacketBytes;

    public int Decode(ReadOnlySpan<byte> payload, Span<byte> output) =>
        _decoder.Decode(payload, MemoryMarshal.Cast<byte, short>(output)) * 2;

    public bool CanRecover(ReadOnlySpan<byte> following) => OpusDecoder.HasRedundancy(following);

    public int Recover(ReadOnlySpan<byte> following, Span<byte> output) =>
        _decoder.Recover(following, MemoryMarshal.Cast<byte, short>(output), FrameSamples) * 2;

    public int Conceal(Span<byte> output, int sinceSpeech) =>
        _decoder.Conceal(MemoryMarshal.Cast<byte, short>(output), FrameSamples) * 2;

    public int Encode(ReadOnlySpan<byte> frame, Span<byte> payload)
    {
        _silentFrames = 0;
        return _encoder.Encode(MemoryMarshal.Cast<byte, short>(frame), payload);
    }

    public int EncodeSilence(Span<byte> payload)
    {
        if (_silentFrames < EncodedSilenceFrames)
        {
            _silentFrames++;
            Span<short> zeros = stackalloc short[FrameSamples];
            zeros.Clear();
            _silenceLength = _encoder.Encode(zeros, payload);
            payload[.._silenceLength].CopyTo(_silence);
        }
        else
        {
            _silence.AsSpan(0, _silenceLength).CopyTo(payload);
        }

        return _silenceLength;
    }

    public void AdaptToLoss(double fraction)
    {
        int percent = (int)Math.Clamp(Math.Ceiling(fraction * 100), 0, 30);
        if (percent != _lossPercent)
        {
            _lossPercent = percent;
            _encoder.ExpectLoss(percent);
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }
}
