using VoiceOrdering.Media.Audio;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Media.Rtp;
using VoiceOrdering.Media.Transport;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>The 20 ms beat of one leg: a frame from the jitter buffer to the bridge, a frame from the bridge to the wire. Pacer's thread only.</summary>
internal sealed class LegPump : IPacedLeg, IDisposable
{
    // As often as the peer reports.
    private const int TicksBetweenAdaptations = 100;

    private readonly RtpReceiver _receiver;
    private readonly RtpSender _sender;
    private readonly IFrameEncoder _encoder;
    private readonly IDisposable _codec;
    private readonly AudioFormat _format;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _onFailure;
    private readonly Func<double> _remoteLoss;
    private readonly byte[] _frame;
    private readonly byte[] _payload;
    private int _ticksToAdapt = TicksBetweenAdaptations;

    public LegPump(LegPumpParts parts, TimeProvider time, Action<Exception> onFailure)
    {
        _receiver = parts.Ends.Receiver;
        _sender = parts.Ends.Sender;
        _remoteLoss = parts.Ends.RemoteLoss;
        _encoder = parts.Encoder;
        _codec = parts.Decoder;
        _format = parts.Format;
        _time = time;
        _onFailure = onFailure;
        _frame = new byte[_format.BytesPerFrame];
        _payload = new byte[_encoder.MaxBytes];
        Reader = new CallerAudioReader(_receiver.Buffer, _receiver.Lock, parts.Decoder, _format);
    }

    public CallerAudioReader Reader { get; }

    /// <summary>The bridge; without one the caller's audio is dropped and silence is played.</summary>
    public ILegAudio? Audio { get; set; }

    public long FramesPlayed { get; private set; }

    /// <summary>Processing time in and out of frames that held speech, in timestamps; for benchmarks.</summary>
    public Action<long>? OnLatency { get; set; }

    /// <summary>A pump with the codec that was negotiated.</summary>
    public static LegPump Create(NegotiatedCodec codec, MediaHost host, LegPumpEnds ends, Action<Exception> onFailure)
    {
        if (codec.Codec == AudioCodecs.Opus)
        {
            OpusCodec opus = new(host.Options.OpusComplexity, host.Options.OpusBitrate);
            return new LegPump(new LegPumpParts(ends, opus, opus, codec.Format), host.Time, onFailure);
        }

        G711Codec g711 = new(codec.Format);
        return new LegPump(new LegPumpParts(ends, g711, g711, codec.Format), host.Time, onFailure);
    }

    public void Tick(long dueAt)
    {
        if (--_ticksToAdapt == 0)
        {
            _ticksToAdapt = TicksBetweenAdaptations;
            _encoder.AdaptToLoss(_remoteLoss());
        }

        bool isSpeech = GiveCallerFrame() == CallerFrameKind.Speech;
        int catchUp;
        lock (_receiver.Lock)
        {
            _receiver.Buffer.NoteTick();
            catchUp = _receiver.Buffer.CatchUpFrames;
            if (catchUp > 0)
            {
                _receiver.Buffer.NoteCaughtUp();
            }
        }

        if (catchUp > 0)
        {
            GiveCallerFrame();
        }

        int length = TryReadPlayout() ? _encoder.Encode(_frame, _payload) : _encoder.EncodeSilence(_payload);
        if (length > 0)
        {
            _sender.Send(_payload.AsSpan(0, length));
        }

        if (isSpeech && OnLatency is { } onLatency)
        {
            ArrivalTimes arrival = Reader.Arrival;
            onLatency(arrival.ReadyAt - arrival.ArrivedAt + (_time.GetTimestamp() - dueAt));
        }
    }

    public void OnTickFailed(Exception exception) => _onFailure(exception);

    public void Dispose()
    {
        _codec.Dispose();
        _encoder.Dispose();
    }

    private CallerFrameKind GiveCallerFrame()
    {
        CallerFrame info = Reader.Read(_frame, _time.GetTimestamp());
        try
        {
            Audio?.OnCallerFrame(_frame, info);
        }
#pragma warning disable CA1031 // The bridge's failure must not stop the pacer; the call goes on.
        catch (Exception e)
        {
            _onFailure(e);
        }
#pragma warning restore CA1031

        return info.Kind;
    }

    private bool TryReadPlayout()
    {
        try
        {
            if (Audio?.TryReadPlayout(_frame) != true)
            {
                return false;
            }

            FramesPlayed++;
            return true;
        }
#pragma warning disable CA1031 // As above: no audio instead of a dead thread.
        catch (Exception e)
        {
            _onFailure(e);
            return false;
        }
#pragma warning restore CA1031
    }
}

/// <summary>What a pump connects.</summary>
internal sealed record LegPumpParts(LegPumpEnds Ends, IFrameDecoder Decoder, IFrameEncoder Encoder, AudioFormat Format);

/// <summary>The wire's side of a pump; <paramref name="RemoteLoss"/> is the part of our packets the caller reports as lost.</summary>
internal sealed record LegPumpEnds(RtpReceiver Receiver, RtpSender Sender, Func<double> RemoteLoss);
