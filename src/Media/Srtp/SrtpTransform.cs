namespace VoiceOrdering.Media.Srtp;

/// <summary>Encrypts and authenticates packets of one direction in place, given the packet index. Keeps no packet state. Not thread-safe.</summary>
internal abstract class SrtpTransform : IDisposable
{
    /// <summary>Bytes added to an RTP packet.</summary>
    public abstract int RtpExpansion { get; }

    /// <summary>Bytes added to an RTCP packet, the index word included.</summary>
    public abstract int RtcpExpansion { get; }

    /// <summary>Protects <c>packet[..length]</c>; the buffer has room for <see cref="RtpExpansion"/> more.</summary>
    public abstract int ProtectRtp(Span<byte> packet, int length, in SrtpPacketIndex index);

    /// <summary>Checks and decrypts in place. False: not authentic, content undefined.</summary>
    public abstract bool TryUnprotectRtp(Span<byte> packet, in SrtpPacketIndex index, out int length);

    /// <summary>Protects <c>packet[..length]</c> with this SRTCP index; the buffer has room for <see cref="RtcpExpansion"/> more.</summary>
    public abstract int ProtectRtcp(Span<byte> packet, int length, uint index);

    /// <summary>Checks and decrypts in place. False: not authentic, content undefined.</summary>
    public abstract bool TryUnprotectRtcp(Span<byte> packet, out int length, out uint index);

    public abstract void Dispose();
}

/// <summary>What identifies a packet to the cipher.</summary>
/// <param name="HeaderLength">Bytes that stay in the clear.</param>
/// <param name="Ssrc">Synchronisation source.</param>
/// <param name="RolloverCounter">How often the sequence number has wrapped.</param>
/// <param name="SequenceNumber">Sequence number of the header.</param>
internal readonly record struct SrtpPacketIndex(int HeaderLength, uint Ssrc, uint RolloverCounter, ushort SequenceNumber);
