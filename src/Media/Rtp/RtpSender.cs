using System.Security.Cryptography;
using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Media.Rtp;

/// <summary>Where protected packets go.</summary>
internal interface IPacketSink
{
    /// <summary>Called with the send lock held.</summary>
    void SendPacket(ReadOnlySpan<byte> packet);
}

/// <summary>The sending half of a session. One lock for RTP and RTCP: pacer, report timer and hang-up all send.</summary>
internal sealed class RtpSender : IDisposable
{
    private const int MaxPacket = 1500;
    private readonly TimeProvider _time;
    private readonly IPacketSink _sink;
    private readonly RtpSenderSettings _settings;
    private readonly Lock _lock = new();
    private readonly byte[] _buffer = new byte[MaxPacket];
    private SrtpSender? _srtp;

    // Below 32768, so that a packet that arrives reordered at the start is not taken for one after a wrap (RFC 3711 §3.3.1).
    private ushort _sequenceNumber = (ushort)RandomNumberGenerator.GetInt32(0x4000);
    private uint _timestamp = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    private long _lastSentAt;
    private uint _packets;
    private uint _octets;

    public RtpSender(RtpSenderSettings settings, IPacketSink sink, TimeProvider time)
    {
        _settings = settings;
        _sink = sink;
        _time = time;
    }

    public uint Ssrc => _settings.Ssrc;

    public long Packets => Volatile.Read(ref _packets);

    public void Open(SrtpSender srtp)
    {
        lock (_lock)
        {
            _srtp = srtp;
        }
    }

    /// <summary>Sends the payload of one frame.</summary>
    public void Send(ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (_srtp is null)
            {
                return;
            }

            RtpHeader header = new()
            {
                PayloadType = _settings.PayloadType,
                IsMarked = _packets == 0,
                SequenceNumber = _sequenceNumber,
                Timestamp = _timestamp,
                Ssrc = _settings.Ssrc,
            };
            header.Write(_buffer);
            payload.CopyTo(_buffer.AsSpan(RtpHeader.FixedLength));
            int length = _srtp.ProtectRtp(_buffer, RtpHeader.FixedLength + payload.Length, _sequenceNumber, _settings.Ssrc);
            _sink.SendPacket(_buffer.AsSpan(0, length));
            _lastSentAt = _time.GetTimestamp();
            _sequenceNumber++;
            _timestamp += (uint)_settings.TimestampsPerFrame;
            _packets++;
            _octets += (uint)payload.Length;
        }
    }

    /// <summary>Sends a sender report, with BYE at the end of the session. Returns the middle of its NTP time.</summary>
    public uint SendReport(in ReportBlock? block, RtcpEnding ending)
    {
        lock (_lock)
        {
            ulong ntp = Rtcp.ToNtp(_time.GetUtcNow());
            if (_srtp is null)
            {
                return (uint)(ntp >> 16);
            }

            double sinceLastMs = _lastSentAt == 0 ? 0 : _time.GetElapsedTime(_lastSentAt).TotalMilliseconds;
            uint timestamp = _timestamp + (uint)(sinceLastMs * _settings.ClockHz / 1000);
            SenderInfo info = new(_settings.Ssrc, ntp, timestamp, _packets, _octets);
            int length = Rtcp.WriteReport(_buffer, info, block, _settings.CanonicalName);
            if (ending == RtcpEnding.Bye)
            {
                length += Rtcp.WriteBye(_buffer.AsSpan(length), _settings.Ssrc);
            }

            length = _srtp.ProtectRtcp(_buffer, length);
            _sink.SendPacket(_buffer.AsSpan(0, length));
            return (uint)(ntp >> 16);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _srtp?.Dispose();
            _srtp = null;
        }
    }
}

/// <summary>Whether a report is the last one.</summary>
internal enum RtcpEnding
{
    None,
    Bye,
}

/// <summary>What a sender needs to know of the negotiation.</summary>
internal sealed record RtpSenderSettings(byte PayloadType, int ClockHz, int TimestampsPerFrame, uint Ssrc, string CanonicalName);
