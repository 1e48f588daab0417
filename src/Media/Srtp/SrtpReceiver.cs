using System.Buffers.Binary;
using VoiceOrdering.Media.Rtp;

namespace VoiceOrdering.Media.Srtp;

/// <summary>Authenticates and decrypts what the peer sends, with rollover counter and replay window per SSRC. Not thread-safe.</summary>
internal sealed class SrtpReceiver(SrtpTransform transform) : IDisposable
{
    /// <summary>Most SSRCs with state; beyond it the one that was created first is forgotten.</summary>
    public const int MaxStreams = 8;

    private readonly Stream[] _streams = new Stream[MaxStreams];
    private int _created;

    public bool TryUnprotectRtp(Span<byte> datagram, out RtpHeader header, out int length)
    {
        length = 0;
        if (!RtpHeader.TryParse(datagram, out header))
        {
            return false;
        }

        int slot = Find(header.Ssrc);
        ulong index = slot < 0 ? header.SequenceNumber : EstimateIndex(_streams[slot].Rtp, header.SequenceNumber);
        if (index == ulong.MaxValue || (slot >= 0 && !_streams[slot].Rtp.IsFresh(index)))
        {
            return false;
        }

        SrtpPacketIndex packetIndex = new(header.Length, header.Ssrc, (uint)(index >> 16), header.SequenceNumber);
        if (!transform.TryUnprotectRtp(datagram, packetIndex, out length))
        {
            return false;
        }

        // Only an authenticated packet may move the state (RFC 3711 §3.3).
        _streams[slot < 0 ? slot = Create(header.Ssrc) : slot].Rtp.Add(index);
        return true;
    }

    public bool TryUnprotectRtcp(Span<byte> datagram, out int length)
    {
        if (datagram.Length < 8 || !transform.TryUnprotectRtcp(datagram, out length, out uint index))
        {
            length = 0;
            return false;
        }

        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        int slot = Find(ssrc);
        if (slot < 0)
        {
            slot = Create(ssrc);
        }
        else if (!_streams[slot].Rtcp.IsFresh(index))
        {
            return false;
        }

        _streams[slot].Rtcp.Add(index);
        return true;
    }

    public void Dispose() => transform.Dispose();

    // RFC 3711 §3.3.1 and appendix A. MaxValue: would lie before the first rollover period.
    private static ulong EstimateIndex(in ReplayWindow window, ushort sequenceNumber)
    {
        if (!window.IsStarted)
        {
            return sequenceNumber;
        }

        int highest = (int)(window.Highest & 0xFFFF);
        long roc = (long)(window.Highest >> 16);
        if (highest < 32_768 && sequenceNumber - highest > 32_768)
        {
            roc--;
        }
        else if (highest >= 32_768 && highest - 32_768 > sequenceNumber)
        {
            roc++;
        }

        return roc < 0 ? ulong.MaxValue : ((ulong)roc << 16) | sequenceNumber;
    }

    private int Find(uint ssrc)
    {
        int count = Math.Min(_created, MaxStreams);
        for (int i = 0; i < count; i++)
        {
            if (_streams[i].Ssrc == ssrc)
            {
                return i;
            }
        }

        return -1;
    }

    private int Create(uint ssrc)
    {
        int slot = _created++ % MaxStreams;
        _streams[slot] = new Stream { Ssrc = ssrc };
        return slot;
    }

    private struct Stream
    {
        public uint Ssrc;
        public ReplayWindow Rtp;
        public ReplayWindow Rtcp;
    }
}
