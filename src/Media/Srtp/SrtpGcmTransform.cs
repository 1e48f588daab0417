using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VoiceOrdering.Media.Srtp;

/// <summary>AEAD_AES_128_GCM (RFC 7714).</summary>
internal sealed class SrtpGcmTransform : SrtpTransform
{
    private const int TagLength = 16;
    private const int IndexLength = 4;
    private const int RtcpHeaderLength = 8;
    private const uint EncryptedFlag = 0x8000_0000;

    private readonly AesGcm _rtp;
    private readonly AesGcm _rtcp;
    private readonly byte[] _rtpSalt;
    private readonly byte[] _rtcpSalt;

    public SrtpGcmTransform(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
        : this(
            new SrtpSessionKeys(
                SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtpEncryption, 16),
                SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtpSalt, 12)),
            new SrtpSessionKeys(
                SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtcpEncryption, 16),
                SrtpKeyDerivation.Derive(masterKey, masterSalt, SrtpKeyDerivation.RtcpSalt, 12)))
    {
    }

    /// <summary>With session keys as they are; the vectors of RFC 7714 §16 skip the derivation.</summary>
    internal SrtpGcmTransform(SrtpSessionKeys rtp, SrtpSessionKeys rtcp)
    {
        _rtp = new AesGcm(rtp.Key, TagLength);
        _rtcp = new AesGcm(rtcp.Key, TagLength);
        _rtpSalt = rtp.Salt;
        _rtcpSalt = rtcp.Salt;
    }

    public override int RtpExpansion => TagLength;

    public override int RtcpExpansion => TagLength + IndexLength;

    public override int ProtectRtp(Span<byte> packet, int length, in SrtpPacketIndex index)
    {
        Span<byte> nonce = stackalloc byte[12];
        RtpNonce(nonce, index);
        Span<byte> body = packet[index.HeaderLength..length];
        _rtp.Encrypt(nonce, body, body, packet.Slice(length, TagLength), packet[..index.HeaderLength]);
        return length + TagLength;
    }

    public override bool TryUnprotectRtp(Span<byte> packet, in SrtpPacketIndex index, out int length)
    {
        length = packet.Length - TagLength;
        if (length < index.HeaderLength)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[12];
        RtpNonce(nonce, index);
        Span<byte> body = packet[index.HeaderLength..length];
        return TryDecrypt(_rtp, nonce, body, packet[length..], packet[..index.HeaderLength]);
    }

    public override int ProtectRtcp(Span<byte> packet, int length, uint index)
    {
        Span<byte> nonce = stackalloc byte[12];
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + IndexLength];
        RtcpNonce(nonce, packet, index);
        packet[..RtcpHeaderLength].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpHeaderLength..], index | EncryptedFlag);
        Span<byte> body = packet[RtcpHeaderLength..length];
        _rtcp.Encrypt(nonce, body, body, packet.Slice(length, TagLength), associated);
        // The index follows the tag here, unlike in RFC 3711 (RFC 7714 §9.2).
        associated[RtcpHeaderLength..].CopyTo(packet[(length + TagLength)..]);
        return length + TagLength + IndexLength;
    }

    public override bool TryUnprotectRtcp(Span<byte> packet, out int length, out uint index)
    {
        length = packet.Length - TagLength - IndexLength;
        index = 0;
        if (length < RtcpHeaderLength)
        {
            return false;
        }

        uint word = BinaryPrimitives.ReadUInt32BigEndian(packet[^IndexLength..]);
        index = word & ~EncryptedFlag;
        if ((word & EncryptedFlag) == 0)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[12];
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + IndexLength];
        RtcpNonce(nonce, packet, index);
        packet[..RtcpHeaderLength].CopyTo(associated);
        packet[^IndexLength..].CopyTo(associated[RtcpHeaderLength..]);
        return TryDecrypt(_rtcp, nonce, packet[RtcpHeaderLength..length], packet.Slice(length, TagLength), associated);
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private static bool TryDecrypt(AesGcm cipher, ReadOnlySpan<byte> nonce, Span<byte> body, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        try
        {
            cipher.Decrypt(nonce, body, tag, body, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // RFC 7714 §8.1: two zero bytes, SSRC, ROC, SEQ; XOR salt.
    private void RtpNonce(Span<byte> nonce, in SrtpPacketIndex index)
    {
        nonce[..2].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], index.Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[6..], index.RolloverCounter);
        BinaryPrimitives.WriteUInt16BigEndian(nonce[10..], index.SequenceNumber);
        Xor(nonce, _rtpSalt);
    }

    // RFC 7714 §9.1: two zero bytes, SSRC, two zero bytes, the 31-bit index; XOR salt.
    private void RtcpNonce(Span<byte> nonce, ReadOnlySpan<byte> packet, uint index)
    {
        nonce.Clear();
        packet.Slice(4, 4).CopyTo(nonce[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], index);
        Xor(nonce, _rtcpSalt);
    }

    private static void Xor(Span<byte> nonce, ReadOnlySpan<byte> salt)
    {
        for (int i = 0; i < nonce.Length; i++)
        {
            nonce[i] ^= salt[i];
        }
    }
}

/// <summary>Key and salt of one packet kind after derivation.</summary>
internal sealed record SrtpSessionKeys(byte[] Key, byte[] Salt);
