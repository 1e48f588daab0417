using System.Buffers.Binary;

namespace VoiceOrdering.Media.Rtp;

/// <summary>The fixed RTP header (RFC 3550 §5.1) and where the payload begins.</summary>
internal readonly record struct RtpHeader
{
    public const int FixedLength = 12;

    public byte PayloadType { get; init; }

    public bool IsMarked { get; init; }

    public bool IsPadded { get; init; }

    public ushort SequenceNumber { get; init; }

    public uint Timestamp { get; init; }

    public uint Ssrc { get; init; }

    /// <summary>Fixed header, contributing sources and extension; this part is never encrypted by SRTP.</summary>
    public int Length { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < FixedLength || packet[0] >> 6 != 2)
        {
            return false;
        }

        int length = FixedLength + ((packet[0] & 0x0F) * 4);
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + 4)
            {
                return false;
            }

            length += 4 + (BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]) * 4);
        }

        if (packet.Length < length)
        {
            return false;
        }

        header = new RtpHeader
        {
            PayloadType = (byte)(packet[1] & 0x7F),
            IsMarked = (packet[1] & 0x80) != 0,
            IsPadded = (packet[0] & 0x20) != 0,
            SequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]),
            Length = length,
        };
        return true;
    }

    /// <summary>The payload of a decrypted packet without padding; empty when the padding count is a lie.</summary>
    public ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> packet)
    {
        int end = packet.Length;
        if (IsPadded && end > Length)
        {
            end -= packet[end - 1];
        }

        return end > Length ? packet[Length..end] : default;
    }

    /// <summary>Writes the 12 bytes of a header without sources, extension or padding.</summary>
    public void Write(Span<byte> packet)
    {
        packet[0] = 0x80;
        packet[1] = (byte)(PayloadType | (IsMarked ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], Ssrc);
    }
}
