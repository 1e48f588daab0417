namespace VoiceOrdering.Media.Srtp;

/// <summary>Protects the packets of one SSRC. Not thread-safe: the session's send lock guards it.</summary>
/// <remarks>The first sequence number must be below 32768, so that a reordered start cannot be taken for a wrap (RFC 3711 §3.3.1).</remarks>
internal sealed class SrtpSender(SrtpTransform transform) : IDisposable
{
    private uint _rolloverCounter;
    private int _lastSequenceNumber = -1;
    private uint _rtcpIndex;

    /// <summary>Protects a packet with a 12-byte header in place; returns the new length.</summary>
    public int ProtectRtp(Span<byte> buffer, int length, ushort sequenceNumber, uint ssrc)
    {
        if (_lastSequenceNumber >= 0 && sequenceNumber < _lastSequenceNumber)
        {
            _rolloverCounter++;
        }

        _lastSequenceNumber = sequenceNumber;
        return transform.ProtectRtp(buffer, length, new SrtpPacketIndex(Rtp.RtpHeader.FixedLength, ssrc, _rolloverCounter, sequenceNumber));
    }

    /// <summary>Protects a compound RTCP packet in place; returns the new length.</summary>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        int protectedLength = transform.ProtectRtcp(buffer, length, _rtcpIndex);
        _rtcpIndex = (_rtcpIndex + 1) & 0x7FFF_FFFF;
        return protectedLength;
    }

    public void Dispose() => transform.Dispose();
}
