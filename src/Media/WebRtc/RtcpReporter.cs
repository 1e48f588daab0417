using VoiceOrdering.Media.Rtp;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>Sends our reports and reads the peer's (RFC 3550 §6). Thread-safe by a small lock of its own.</summary>
internal sealed class RtcpReporter(RtpReceiver receiver, RtpSender sender, TimeProvider time)
{
    /// <summary>Time between two reports.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private uint _peerReportNtp;
    private long _peerReportAt;
    private long _lastReportAt;
    private long _byeAt;

    public double? RoundTripMs { get; private set; }

    public double RemoteLossFraction { get; private set; }

    /// <summary>When the source being heard said goodbye; 0 when it did not, or was heard again since.</summary>
    public long ByeAt
    {
        get
        {
            lock (_lock)
            {
                return _byeAt != 0 && receiver.LastPacketAt > _byeAt ? 0 : _byeAt;
            }
        }
    }

    public void Receive(Span<byte> datagram, long now)
    {
        if (!receiver.TryReceiveControl(datagram, sender.Ssrc, out RtcpNews news))
        {
            return;
        }

        lock (_lock)
        {
            if (news.SenderReportNtp != 0)
            {
                _peerReportNtp = news.SenderReportNtp;
                _peerReportAt = now;
            }

            if (news.HasReport)
            {
                RemoteLossFraction = news.FractionLost / 256.0;
                NoteRoundTrip(news);
            }

            if (news.ByeSsrc != 0 && receiver.IsCurrentSource(news.ByeSsrc))
            {
                _byeAt = now;
            }
        }
    }

    /// <summary>Sends a report when one is due.</summary>
    public void SendIfDue(long now)
    {
        lock (_lock)
        {
            if (_lastReportAt != 0 && time.GetElapsedTime(_lastReportAt, now) < Interval)
            {
                return;
            }

            _lastReportAt = now;
            Send(now, RtcpEnding.None);
        }
    }

    /// <summary>Sends the last report, with BYE.</summary>
    public void SendBye(long now)
    {
        lock (_lock)
        {
            Send(now, RtcpEnding.Bye);
        }
    }

    private void Send(long now, RtcpEnding ending)
    {
        uint delay = _peerReportAt == 0 ? 0 : (uint)(time.GetElapsedTime(_peerReportAt, now).TotalSeconds * 65_536);
        sender.SendReport(receiver.TakeReport(_peerReportNtp, delay), ending);
    }

    // RFC 3550 §6.4.1: A - LSR - DLSR, in 1/65536 s.
    private void NoteRoundTrip(in RtcpNews news)
    {
        if (news.LastSenderReport == 0)
        {
            return;
        }

        uint nowNtp = (uint)(Rtcp.ToNtp(time.GetUtcNow()) >> 16);
        int roundTrip = (int)(nowNtp - news.LastSenderReport - news.DelaySinceLastSenderReport);
        if (roundTrip is >= 0 and < 65_536 * 60)
        {
            RoundTripMs = roundTrip * 1000.0 / 65_536;
        }
    }
}
