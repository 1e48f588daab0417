using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace VoiceOrdering.Media.Ice;

/// <summary>A STUN message with its attributes found but not copied (RFC 8489 §5); only what ICE needs.</summary>
internal readonly ref struct StunMessage
{
    public const ushort BindingRequest = 0x0001;
    public const ushort BindingSuccess = 0x0101;
    public const int HeaderLength = 20;
    public const int TransactionIdLength = 12;

    /// <summary>Larger messages are ignored; ICE requests have about 100 bytes.</summary>
    public const int MaxLength = 548;

    internal const uint MagicCookie = 0x2112_A442;
    internal const ushort Username = 0x0006;
    internal const ushort MessageIntegrity = 0x0008;
    internal const ushort XorMappedAddress = 0x0020;
    internal const ushort Priority = 0x0024;
    internal const ushort UseCandidate = 0x0025;
    internal const ushort Fingerprint = 0x8028;
    internal const ushort IceControlling = 0x802A;
    internal const uint FingerprintXor = 0x5354_554E;
    private const int MacLength = 20;

    private readonly ReadOnlySpan<byte> _message;
    private readonly int _usernameOffset;
    private readonly int _usernameLength;
    private readonly int _integrityOffset;

    private StunMessage(ReadOnlySpan<byte> message, Scan scan)
    {
        _message = message;
        _usernameOffset = scan.UsernameOffset;
        _usernameLength = scan.UsernameLength;
        _integrityOffset = scan.IntegrityOffset;
        NominatesPair = scan.UseCandidate;
    }

    public ushort Type => BinaryPrimitives.ReadUInt16BigEndian(_message);

    public ReadOnlySpan<byte> TransactionId => _message.Slice(8, TransactionIdLength);

    /// <summary>Bytes of USERNAME, empty when absent.</summary>
    public ReadOnlySpan<byte> UsernameBytes => _message.Slice(_usernameOffset, _usernameLength);

    /// <summary>USE-CANDIDATE was present (RFC 8445 §7.1.2).</summary>
    public bool NominatesPair { get; }

    public static bool TryParse(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length is < HeaderLength or > MaxLength
            || datagram[0] > 3
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie)
        {
            return false;
        }

        Scan scan = default;
        int offset = HeaderLength;
        while (offset < datagram.Length)
        {
            if (datagram.Length - offset < 4)
            {
                return false;
            }

            ushort type = BinaryPrimitives.ReadUInt16BigEndian(datagram[offset..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]);
            if (datagram.Length - offset - 4 < length)
            {
                return false;
            }

            scan.Note(type, offset, length);
            offset += 4 + ((length + 3) & ~3);
        }

        message = new StunMessage(datagram, scan);
        return true;
    }

    /// <summary>Checks MESSAGE-INTEGRITY with a short-term password (RFC 8489 §14.5). False when it is absent.</summary>
    public bool IsAuthentic(ReadOnlySpan<byte> password)
    {
        if (_integrityOffset == 0)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[MacLength];
        ComputeIntegrity(_message[.._integrityOffset], password, mac);
        return CryptographicOperations.FixedTimeEquals(mac, _message.Slice(_integrityOffset + 4, MacLength));
    }

    /// <summary>Writes a success response to <paramref name="output"/> (at least 100 bytes) and returns its length.</summary>
    public static int WriteSuccess(ReadOnlySpan<byte> transactionId, IPEndPoint mapped, ReadOnlySpan<byte> password, Span<byte> output)
    {
        int offset = WriteHeader(BindingSuccess, transactionId, output);
        offset = WriteMappedAddress(mapped, transactionId, output, offset);
        return WriteTrailer(output, offset, password);
    }

    /// <summary>Writes a request as a controlling agent does; for synthetic callers.</summary>
    public static int WriteRequest(ReadOnlySpan<byte> transactionId, string username, ReadOnlySpan<byte> password, Span<byte> output)
    {
        int offset = WriteHeader(BindingRequest, transactionId, output);
        int length = Encoding.UTF8.GetBytes(username, output[(offset + 4)..]);
        offset = WriteAttributeHeader(output, offset, Username, length) + ((length + 3) & ~3);
        offset = WriteAttributeHeader(output, offset, Priority, 4);
        BinaryPrimitives.WriteUInt32BigEndian(output[offset..], 0x7E00_00FF);
        offset = WriteAttributeHeader(output, offset + 4, IceControlling, 8);
        BinaryPrimitives.WriteUInt64BigEndian(output[offset..], 1);
        offset = WriteAttributeHeader(output, offset + 8, UseCandidate, 0);
        return WriteTrailer(output, offset, password);
    }

    private static int WriteHeader(ushort type, ReadOnlySpan<byte> transactionId, Span<byte> output)
    {
        output[..MaxHeaderAndBody(output)].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(output, type);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], MagicCookie);
        transactionId.CopyTo(output[8..]);
        return HeaderLength;
    }

    private static int MaxHeaderAndBody(Span<byte> output) => Math.Min(output.Length, MaxLength);

    private static int WriteAttributeHeader(Span<byte> output, int offset, ushort type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output[offset..], type);
        BinaryPrimitives.WriteUInt16BigEndian(output[(offset + 2)..], (ushort)length);
        return offset + 4;
    }

    // RFC 8489 §14.2: port and address are XORed with the cookie, IPv6 with the transaction id as well.
    private static int WriteMappedAddress(IPEndPoint mapped, ReadOnlySpan<byte> transactionId, Span<byte> output, int offset)
    {
        bool isIPv4 = mapped.AddressFamily == AddressFamily.InterNetwork;
        int addressLength = isIPv4 ? 4 : 16;
        offset = WriteAttributeHeader(output, offset, XorMappedAddress, 4 + addressLength);
        output[offset + 1] = (byte)(isIPv4 ? 1 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(output[(offset + 2)..], (ushort)(mapped.Port ^ (int)(MagicCookie >> 16)));
        Span<byte> address = output.Slice(offset + 4, addressLength);
        mapped.Address.TryWriteBytes(address, out _);
        for (int i = 0; i < addressLength; i++)
        {
            address[i] ^= i < 4 ? (byte)(MagicCookie >> (24 - (8 * i))) : transactionId[i - 4];
        }

        return offset + 4 + addressLength;
    }

    private static int WriteTrailer(Span<byte> output, int offset, ReadOnlySpan<byte> password)
    {
        ComputeIntegrity(output[..offset], password, output.Slice(offset + 4, MacLength));
        offset = WriteAttributeHeader(output, offset, MessageIntegrity, MacLength) + MacLength;
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)(offset + 8 - HeaderLength));
        uint crc = Crc32.Compute(output[..offset]) ^ FingerprintXor;
        offset = WriteAttributeHeader(output, offset, Fingerprint, 4);
        BinaryPrimitives.WriteUInt32BigEndian(output[offset..], crc);
        return offset + 4;
    }

    // The length field covers the message as if MESSAGE-INTEGRITY were its last attribute (RFC 8489 §14.5).
    private static void ComputeIntegrity(ReadOnlySpan<byte> before, ReadOnlySpan<byte> password, Span<byte> mac)
    {
        Span<byte> copy = stackalloc byte[MaxLength];
        before.CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)(before.Length + 4 + MacLength - HeaderLength));
#pragma warning disable CA5350 // STUN prescribes HMAC-SHA1; browsers have nothing else.
        HMACSHA1.HashData(password, copy[..before.Length], mac);
#pragma warning restore CA5350
    }

    private struct Scan
    {
        public int UsernameOffset;
        public int UsernameLength;
        public int IntegrityOffset;
        public bool UseCandidate;

        public void Note(ushort type, int offset, int length)
        {
            // Attributes after MESSAGE-INTEGRITY are not authenticated and are ignored (RFC 8489 §14.5).
            if (IntegrityOffset != 0)
            {
                return;
            }

            switch (type)
            {
                case Username:
                    UsernameOffset = offset + 4;
                    UsernameLength = length;
                    break;
                case StunMessage.UseCandidate:
                    UseCandidate = true;
                    break;
                case MessageIntegrity when length == MacLength:
                    IntegrityOffset = offset;
                    break;
            }
        }
    }
}
