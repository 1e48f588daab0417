using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VoiceOrdering.Media.Srtp;

/// <summary>AES_CM_128_HMAC_SHA1_80 (RFC 3711).</summary>
internal sealed class SrtpCmTransform : SrtpTransform
{
    private const int TagLength = 10;
    private const int IndexLength = 4;
    private const int RtcpHeaderLength = 8;
    private const int MaxPacket = 2048;
    private const uint EncryptedFlag = 0x8000_0000;

    private readonly SrtpCounterCipher _rtp;
    private readonly SrtpCounterCipher _rtcp;
    private readonly IncrementalHash _rtpMac;
    private readonly IncrementalHash _rtcpMac;

    public SrtpCmTransform(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        _rtp = new SrtpCounterCipher(
            SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtpEncryption, 16),
            SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtpSalt, 14));
        _rtcp = new SrtpCounterCipher(
            SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtcpEncryption, 16),
            SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtcpSalt, 14));
        _rtpMac = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA1, SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtpAuthentication, 20));
        _rtcpMac = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA1, SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtcpAuthentication, 20));
    }

    public override int RtpExpansion => TagLength;

    public override int RtcpExpansion => TagLength + IndexLength;

    public override int ProtectRtp(Span<byte> packet, int length, in SrtpPacketIndex index)
    {
        _rtp.Apply(packet[index.HeaderLength..length], index.Ssrc, PacketIndex(index));
        Span<byte> tag = stackalloc byte[20];
        RtpTag(packet[..length], index.RolloverCounter, tag);
        tag[..TagLength].CopyTo(packet[length..]);
        return length + TagLength;
    }

    public override bool TryUnprotectRtp(Span<byte> packet, in SrtpPacketIndex index, out int length)
    {
        length = packet.Length - TagLength;
        if (length < index.HeaderLength || packet.Length > MaxPacket)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[20];
        RtpTag(packet[..length], index.RolloverCounter, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TagLength], packet[length..]))
        {
            return false;
        }

        _rtp.Apply(packet[index.HeaderLength..length], index.Ssrc, PacketIndex(index));
        return true;
    }

    public override int ProtectRtcp(Span<byte> packet, int length, uint index)
    {
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        _rtcp.Apply(packet[RtcpHeaderLength..length], ssrc, index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[length..], index | EncryptedFlag);
        length += IndexLength;
        Span<byte> tag = stackalloc byte[20];
        RtcpTag(packet[..length], tag);
        tag[..TagLength].CopyTo(packet[length..]);
        return length + TagLength;
    }

    public override bool TryUnprotectRtcp(Span<byte> packet, out int length, out uint index)
    {
        index = 0;
        length = packet.Length - TagLength - IndexLength;
        if (length < RtcpHeaderLength || packet.Length > MaxPacket)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[20];
        RtcpTag(packet[..^TagLength], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TagLength], packet[^TagLength..]))
        {
            return false;
        }

        uint word = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]);
        index = word & ~EncryptedFlag;
        if ((word & EncryptedFlag) != 0)
        {
            _rtcp.Apply(packet[RtcpHeaderLength..length], BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), index);
        }

        return true;
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
        _rtpMac.Dispose();
        _rtcpMac.Dispose();
    }

    private static ulong PacketIndex(in SrtpPacketIndex index) => ((ulong)index.RolloverCounter << 16) | index.SequenceNumber;

    // RFC 3711 §4.2: the rollover counter is authenticated but not sent.
    private void RtpTag(ReadOnlySpan<byte> packet, uint rolloverCounter, Span<byte> tag)
    {
        Span<byte> roc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(roc, rolloverCounter);
        _rtpMac.AppendData(packet);
        _rtpMac.AppendData(roc);
        _rtpMac.GetHashAndReset(tag);
    }

    private void RtcpTag(ReadOnlySpan<byte> packet, Span<byte> tag)
    {
        _rtcpMac.AppendData(packet);
        _rtcpMac.GetHashAndReset(tag);
    }
}
