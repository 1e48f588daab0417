using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Media.Rtp;

/// <summary>The receiving half of a session: opens packets, keeps statistics, fills the jitter buffer. The receive lock guards all of it.</summary>
internal sealed class RtpReceiver : IDisposable
{
    private readonly RtpReceiverSettings _settings;
    private readonly ReceptionStatistics _statistics;
    private readonly TelephoneEvents _keys = new();
    private SrtpReceiver? _srtp;
    private uint _ssrc;
    private bool _hasSource;

    public RtpReceiver(RtpReceiverSettings settings, TimeProvider time)
    {
        _settings = settings;
        _statistics = new ReceptionStatistics(settings.ClockHz, time.TimestampFrequency);
        Target = new JitterTarget(settings.ClockHz, time.TimestampFrequency, settings.JitterTargetMaxMs);
        Buffer = new JitterBuffer(Target);
    }

    public Lock Lock { get; } = new();

    public JitterBuffer Buffer { get; }

    public JitterTarget Target { get; }

    public long Packets { get; private set; }

    public long Discarded { get; private set; }

    public double JitterMs => _statistics.JitterMs;

    /// <summary>Time of the newest authenticated packet.</summary>
    public long LastPacketAt { get; private set; }

    public void Open(SrtpReceiver srtp)
    {
        lock (Lock)
        {
            _srtp = srtp;
        }
    }

    /// <summary>Takes an RTP datagram, decrypting it in place. Returns a key when one was pressed.</summary>
    public char? Receive(Span<byte> datagram, long arrivedAt, TimeProvider time)
    {
        lock (Lock)
        {
            if (_srtp is null || !_srtp.TryUnprotectRtp(datagram, out RtpHeader header, out int length))
            {
                Discarded++;
                return null;
            }

            bool isKey = _settings.IsKeyTone(header.PayloadType);
            if (!isKey && header.PayloadType != _settings.PayloadType)
            {
                Discarded++;
                return null;
            }

            if (!_hasSource || header.Ssrc != _ssrc)
            {
                // A new source (another microphone) starts with a sequence and a clock of its own.
                _hasSource = true;
                _ssrc = header.Ssrc;
                Buffer.Reset();
                _keys.Reset();
            }

            Packets++;
            LastPacketAt = arrivedAt;
            _statistics.Note(header, arrivedAt, !isKey);
            ReadOnlySpan<byte> payload = header.Payload(datagram[..length]);
            ArrivalTimes arrival = new(arrivedAt, time.GetTimestamp());
            Buffer.Insert(header, isKey ? RtpPayloadKind.KeyTone : RtpPayloadKind.Audio, payload, arrival);
            return isKey ? _keys.Note(header.Timestamp, payload) : null;
        }
    }

    /// <summary>Opens an RTCP datagram in place.</summary>
    public bool TryReceiveControl(Span<byte> datagram, uint ourSsrc, out RtcpNews news)
    {
        lock (Lock)
        {
            if (_srtp is not null && _srtp.TryUnprotectRtcp(datagram, out int length) && Rtcp.TryRead(datagram[..length], ourSsrc, out news))
            {
                return true;
            }

            Discarded++;
            news = default;
            return false;
        }
    }

    /// <summary>The block for our next report; null before the first packet.</summary>
    public ReportBlock? TakeReport(uint lastSenderReport, uint delaySinceLastSenderReport)
    {
        lock (Lock)
        {
            return !_hasSource ? null : new ReportBlock(
                _ssrc,
                _statistics.TakeFractionLost(),
                _statistics.CumulativeLost,
                _statistics.ExtendedHighest,
                _statistics.Jitter,
                lastSenderReport,
                delaySinceLastSenderReport);
        }
    }

    /// <summary>Whether this is the source being heard.</summary>
    public bool IsCurrentSource(uint ssrc)
    {
        lock (Lock)
        {
            return _hasSource && _ssrc == ssrc;
        }
    }

    public void Dispose()
    {
        lock (Lock)
        {
            _srtp?.Dispose();
            _srtp = null;
        }
    }
}

/// <summary>What a receiver needs to know of the negotiation.</summary>
internal sealed record RtpReceiverSettings(byte PayloadType, int ClockHz, Func<byte, bool> IsKeyTone, int JitterTargetMaxMs);
