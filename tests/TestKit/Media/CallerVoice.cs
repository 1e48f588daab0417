using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.TestKit.Media;

/// <summary>Speaks through a synthetic caller in real time and listens: 20 ms frames at 24 kHz, whatever the codec.</summary>
public sealed class CallerVoice : IDisposable
{
    private const int FrameSamples = 480;
    private readonly SyntheticCaller _caller;
    private readonly OpusEncoder? _encoder;
    private readonly OpusDecoder? _decoder;
    private readonly Downsampler24kTo8k _down = new();
    private readonly Upsampler8kTo24k _up = new();
    private readonly Lock _lock = new();
    private readonly List<short> _heard = [];
    private readonly short[] _decoded = new short[OpusDecoder.MaxSamples];

    /// <summary>Attaches to a caller that is connected.</summary>
    public CallerVoice(SyntheticCaller caller)
    {
        _caller = caller;
        if (caller.Codec == AudioCodecs.Opus)
        {
            _encoder = new OpusEncoder();
            _encoder.ExpectLoss(10);
            _decoder = new OpusDecoder();
        }

        caller.PayloadReceived += OnPayload;
    }

    /// <summary>What the server played, at 24 kHz.</summary>
    public short[] Heard
    {
        get
        {
            lock (_lock)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Speaks samples at 24 kHz, paced at 20 ms a frame; the rest of an incomplete frame is dropped.</summary>
    /// <param name="samples">24 kHz mono.</param>
    /// <param name="isLost">Tells for each frame whether it is lost on the way; null: none.</param>
    /// <param name="cancellationToken">Stops speaking.</param>
    public async Task SayAsync(ReadOnlyMemory<short> samples, Func<int, bool>? isLost, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(AudioFormat.FrameMs), TimeProvider.System);
        byte[] payload = new byte[OpusEncoder.MaxPacketBytes];
        for (int frame = 0; (frame + 1) * FrameSamples <= samples.Length; frame++)
        {
            int length = Encode(samples.Span.Slice(frame * FrameSamples, FrameSamples), payload);
            if (isLost?.Invoke(frame) == true)
            {
                _caller.SkipPacket();
            }
            else
            {
                _caller.SendPayload(payload.AsSpan(0, length));
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _caller.PayloadReceived -= OnPayload;
        lock (_lock)
        {
            _encoder?.Dispose();
            _decoder?.Dispose();
        }
    }

    private int Encode(ReadOnlySpan<short> frame, Span<byte> payload)
    {
        if (_encoder is not null)
        {
            return _encoder.Encode(frame, payload);
        }

        Span<short> narrow = stackalloc short[160];
        _down.Process(frame, narrow);
        if (_caller.Codec == AudioCodecs.Pcmu)
        {
            G711.EncodeMuLaw(narrow, payload);
        }
        else
        {
            G711.EncodeALaw(narrow, payload);
        }

        return narrow.Length;
    }

    private void OnPayload(ReadOnlySpan<byte> payload, ushort sequenceNumber, uint timestamp)
    {
        lock (_lock)
        {
            if (_decoder is not null)
            {
                int count = _decoder.Decode(payload, _decoded);
                _heard.AddRange(_decoded.AsSpan(0, count));
                return;
            }

            short[] narrow = RecordingAudio.Decode(_caller.Codec == AudioCodecs.Pcmu ? AudioFormat.Pcmu8k : AudioFormat.Pcma8k, payload);
            int wide = _up.Process(narrow, _decoded);
            _heard.AddRange(_decoded.AsSpan(0, wide));
        }
    }
}
