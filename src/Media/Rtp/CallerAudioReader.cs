using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;

namespace VoiceOrdering.Media.Rtp;

/// <summary>Makes an unbroken row of 20 ms frames out of the jitter buffer: decodes, recovers, conceals. Used by the pacer's thread only.</summary>
internal sealed class CallerAudioReader
{
    // After 100 ms without a packet the line counts as silent, and the buffer fills up anew before it plays.
    private const int MaxConcealedInRow = 5;

    private readonly JitterBuffer _buffer;
    private readonly Lock _receiveLock;
    private readonly IFrameDecoder _decoder;
    private readonly AudioFormat _format;
    private readonly byte[] _payload = new byte[JitterBuffer.MaxPayload];
    private readonly byte[] _fifo;
    private int _fifoLength;
    private CallerFrameKind _kind;
    private ArrivalTimes _arrival;
    private int _madeUpInRow = MaxConcealedInRow;
    private int _owed;
    private long _frameIndex;

    public CallerAudioReader(JitterBuffer buffer, Lock receiveLock, IFrameDecoder decoder, AudioFormat format)
    {
        _buffer = buffer;
        _receiveLock = receiveLock;
        _decoder = decoder;
        _format = format;
        _fifo = new byte[decoder.MaxBytes + AudioFormat.MaxBytesPerFrame];
    }

    public long Concealed { get; private set; }

    public long Recovered { get; private set; }

    public long Silent { get; private set; }

    public long Delivered => _frameIndex;

    /// <summary>When the datagram of the newest speech frame came and was ready; zero otherwise.</summary>
    public ArrivalTimes Arrival => _arrival;

    /// <summary>Fills one frame.</summary>
    public CallerFrame Read(Span<byte> frame, long now)
    {
        int length = _format.BytesPerFrame;
        int bufferedMs = 0;
        while (_fifoLength < length)
        {
            Refill(now, out bufferedMs);
        }

        _fifo.AsSpan(0, length).CopyTo(frame);
        _fifoLength -= length;
        _fifo.AsSpan(length, _fifoLength).CopyTo(_fifo);
        Count(_kind);
        return new CallerFrame(_kind, _frameIndex++, bufferedMs, _kind == CallerFrameKind.Speech ? _arrival.ArrivedAt : 0);
    }

    private void Refill(long now, out int bufferedMs)
    {
        JitterRead read;
        JitterPacket packet;
        lock (_receiveLock)
        {
            read = _buffer.Read(_payload, now, out packet);
            bufferedMs = _buffer.BufferedMs;
        }

        switch (read)
        {
            case JitterRead.Packet:
                _owed = 0;
                Append(packet);
                break;
            case JitterRead.Lost when _owed > 0:
                // The frame was made up already while we waited for this packet.
                _owed--;
                break;
            case JitterRead.Lost:
                AppendLost(packet);
                break;
            default:
                AppendMissing();
                break;
        }
    }

    private void Append(in JitterPacket packet)
    {
        int written = 0;
        if (packet.Kind == RtpPayloadKind.Audio && packet.Length > 0)
        {
            written = _decoder.Decode(_payload.AsSpan(0, packet.Length), Free);
        }

        if (written > 0)
        {
            _kind = CallerFrameKind.Speech;
            _arrival = packet.Arrival;
            _fifoLength += written;
            _madeUpInRow = 0;
        }
        else
        {
            AppendSilence();
        }
    }

    private void AppendLost(in JitterPacket following)
    {
        ReadOnlySpan<byte> payload = _payload.AsSpan(0, following.Length);
        if (following.Kind == RtpPayloadKind.Audio && following.Length > 0 && _decoder.CanRecover(payload))
        {
            _kind = CallerFrameKind.Recovered;
            _fifoLength += _decoder.Recover(payload, Free);
            _madeUpInRow = 0;
        }
        else
        {
            AppendConcealed();
        }
    }

    private void AppendMissing()
    {
        if (_madeUpInRow < MaxConcealedInRow)
        {
            _owed++;
            AppendConcealed();
            return;
        }

        if (_madeUpInRow == MaxConcealedInRow)
        {
            _madeUpInRow++;
            _owed = 0;
            lock (_receiveLock)
            {
                _buffer.Prime();
            }
        }

        AppendSilence();
    }

    private void AppendConcealed()
    {
        int written = _decoder.Conceal(Free, _madeUpInRow);
        _madeUpInRow++;
        if (written == 0)
        {
            AppendSilence();
            return;
        }

        _kind = CallerFrameKind.Concealed;
        _fifoLength += written;
    }

    private void AppendSilence()
    {
        _format.FillSilence(Free[.._format.BytesPerFrame]);
        _kind = CallerFrameKind.Silence;
        _fifoLength += _format.BytesPerFrame;
    }

    private Span<byte> Free => _fifo.AsSpan(_fifoLength);

    private void Count(CallerFrameKind kind)
    {
        switch (kind)
        {
            case CallerFrameKind.Concealed:
                Concealed++;
                break;
            case CallerFrameKind.Recovered:
                Recovered++;
                break;
            case CallerFrameKind.Silence:
                Silent++;
                break;
        }
    }
}
