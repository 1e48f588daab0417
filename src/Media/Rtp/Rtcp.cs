using System.Buffers.Binary;
using System.Text;

namespace VoiceOrdering.Media.Rtp;

/// <summary>What a received compound packet told us.</summary>
internal record struct RtcpNews
{
    /// <summary>Middle 32 bits of the NTP time of a sender report, for our next report block; 0 when there was none.</summary>
    public uint SenderReportNtp;

    /// <summary>A report block about our stream was there.</summary>
    public bool HasReport;

    public byte FractionLost;

    /// <summary>Our sender report the peer has seen last, and how long it held it, in 1/65536 s.</summary>
    public uint LastSenderReport;
    public uint DelaySinceLastSenderReport;

    /// <summary>Source that said goodbye; 0 when none did.</summary>
    public uint ByeSsrc;
}

/// <summary>Our side of a sender report.</summary>
internal readonly record struct SenderInfo(uint Ssrc, ulong NtpTime, uint RtpTimestamp, uint PacketCount, uint OctetCount);

/// <summary>One report block about the peer.</summary>
internal readonly record struct ReportBlock(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint ExtendedHighest, uint Jitter, uint LastSenderReport, uint DelaySinceLastSenderReport);

/// <summary>Compound RTCP packets (RFC 3550 §6). Stateless.</summary>
internal static class Rtcp
{
    private const byte SenderReportType = 200;
    private const byte ReceiverReportType = 201;
    private const byte SourceDescriptionType = 202;
    private const byte ByeType = 203;
    private const int BlockLength = 24;

    /// <summary>Reads the parts of interest; ignores what it does not know; false when malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, uint ourSsrc, out RtcpNews news)
    {
        news = default;
        while (packet.Length >= 4)
        {
            int length = 4 + (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) * 4);
            if (packet[0] >> 6 != 2 || length > packet.Length)
            {
                return false;
            }

            ReadOne(packet[..length], ourSsrc, ref news);
            packet = packet[length..];
        }

        return packet.IsEmpty;
    }

    /// <summary>Writes SR (with one block when there is a source to report) and SDES CNAME; returns the length, at most 100.</summary>
    public static int WriteReport(Span<byte> output, in SenderInfo sender, in ReportBlock? block, string canonicalName)
    {
        output[0] = (byte)(0x80 | (block is null ? 0 : 1));
        output[1] = SenderReportType;
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], sender.Ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(output[8..], sender.NtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(output[16..], sender.RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(output[20..], sender.PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(output[24..], sender.OctetCount);
        int length = 28;
        if (block is { } b)
        {
            WriteBlock(output[length..], b);
            length += BlockLength;
        }

        BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)((length / 4) - 1));
        return length + WriteSourceDescription(output[length..], sender.Ssrc, canonicalName);
    }

    /// <summary>Writes BYE (RFC 3550 §6.6) to follow a report; returns its length.</summary>
    public static int WriteBye(Span<byte> output, uint ssrc)
    {
        output[0] = 0x81;
        output[1] = ByeType;
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], ssrc);
        return 8;
    }

    /// <summary>Seconds since 1900 with 32 fraction bits (RFC 3550 §4).</summary>
    public static ulong ToNtp(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
        ulong seconds = (ulong)(ticks / TimeSpan.TicksPerSecond);
        ulong fraction = ((ulong)(ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return (seconds << 32) | fraction;
    }

    private static void ReadOne(ReadOnlySpan<byte> part, uint ourSsrc, ref RtcpNews news)
    {
        int count = part[0] & 0x1F;
        switch (part[1])
        {
            case SenderReportType when part.Length >= 28:
                news.SenderReportNtp = BinaryPrimitives.ReadUInt32BigEndian(part[10..]);
                ReadBlocks(part[28..], count, ourSsrc, ref news);
                break;
            case ReceiverReportType when part.Length >= 8:
                ReadBlocks(part[8..], count, ourSsrc, ref news);
                break;
            case ByeType when count > 0 && part.Length >= 8:
                news.ByeSsrc = BinaryPrimitives.ReadUInt32BigEndian(part[4..]);
                break;
        }
    }

    private static void ReadBlocks(ReadOnlySpan<byte> blocks, int count, uint ourSsrc, ref RtcpNews news)
    {
        for (int i = 0; i < count && blocks.Length >= BlockLength; i++, blocks = blocks[BlockLength..])
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(blocks) == ourSsrc)
            {
                news.HasReport = true;
                news.FractionLost = blocks[4];
                news.LastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(blocks[16..]);
                news.DelaySinceLastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(blocks[20..]);
            }
        }
    }

    private static void WriteBlock(Span<byte> output, in ReportBlock block)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output, block.Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(output[4..], block.CumulativeLost & 0xFF_FFFF);
        output[4] = block.FractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(output[8..], block.ExtendedHighest);
        BinaryPrimitives.WriteUInt32BigEndian(output[12..], block.Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(output[16..], block.LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(output[20..], block.DelaySinceLastSenderReport);
    }

    // RFC 3550 §6.5: one chunk with a CNAME, ended by at least one zero byte and padded to 32 bits.
    private static int WriteSourceDescription(Span<byte> output, uint ssrc, string canonicalName)
    {
        int nameLength = Encoding.ASCII.GetByteCount(canonicalName);
        int length = (4 + 4 + 2 + nameLength + 1 + 3) & ~3;
        output[..length].Clear();
        output[0] = 0x81;
        output[1] = SourceDescriptionType;
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)((length / 4) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], ssrc);
        output[8] = 1;
        output[9] = (byte)nameLength;
        Encoding.ASCII.GetBytes(canonicalName, output[10..]);
        return length;
    }
}
