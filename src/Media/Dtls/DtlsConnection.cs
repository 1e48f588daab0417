using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VoiceOrdering.Media.Srtp;
using static VoiceOrdering.Media.Dtls.OpenSsl;

namespace VoiceOrdering.Media.Dtls;

/// <summary>State of one DTLS association.</summary>
internal enum DtlsState
{
    Handshaking,
    Established,
    Closed,
    Failed,
}

/// <summary>Where a connection puts the datagrams it wants sent.</summary>
internal interface IDtlsTransport
{
    /// <summary>Called with the connection's lock held.</summary>
    void SendDtls(ReadOnlySpan<byte> datagram);
}

/// <summary>One DTLS 1.2 association with SRTP keys (RFC 6347, RFC 5764) over memory BIOs. The session's SSL lock guards every member.</summary>
internal sealed unsafe class DtlsConnection : IDisposable
{
    private const int MaxDatagram = 1200;
    private const int RecordHeader = 13;
    private const uint FirstRetransmitUs = 100_000;
    private const uint LastRetransmitUs = 1_600_000;

    // OpenSSL calls back synchronously from SSL_do_handshake, so the thread tells which connection is meant.
    [ThreadStatic]
    private static DtlsConnection? t_current;

    private readonly CertificateFingerprint _peer;
    private readonly IDtlsTransport _transport;
    private nint _ssl;
    private nint _readBio;
    private nint _writeBio;

    public DtlsConnection(DtlsContext context, DtlsRole role, CertificateFingerprint peer, IDtlsTransport transport)
    {
        _peer = peer;
        _transport = transport;
        ERR_clear_error();
        _ssl = DtlsContext.Require(SSL_new(context.Handle), "SSL_new");
        _readBio = NewMemoryBio();
        _writeBio = NewMemoryBio();
        SSL_set_bio(_ssl, _readBio, _writeBio);
        SSL_ctrl(_ssl, SSL_CTRL_SET_MTU, MaxDatagram, null);
        DTLS_set_timer_cb(_ssl, &NextTimeout);
        if (role == DtlsRole.Client)
        {
            SSL_set_connect_state(_ssl);
        }
        else
        {
            SSL_set_accept_state(_ssl);
        }
    }

    public DtlsState State { get; private set; }

    /// <summary>Why <see cref="State"/> is Failed.</summary>
    public string FailureReason { get; private set; } = "";

    /// <summary>Set when the peer's certificate is not the one its SDP announced.</summary>
    public bool IsFingerprintWrong { get; private set; }

    /// <summary>Sends the first flight of a client.</summary>
    public void Begin() => Drive();

    /// <summary>Takes exactly one datagram; OpenSSL must see the borders, which a memory BIO does not keep.</summary>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (_ssl == 0 || State is DtlsState.Closed or DtlsState.Failed)
        {
            return;
        }

        fixed (byte* bytes = datagram)
        {
            if (BIO_write(_readBio, bytes, datagram.Length) != datagram.Length)
            {
                return;
            }
        }

        Drive();
    }

    /// <summary>Retransmits when the peer has been silent too long; cheap when nothing is due.</summary>
    public void HandleTimeout()
    {
        if (_ssl == 0 || State != DtlsState.Handshaking)
        {
            return;
        }

        ERR_clear_error();
        SSL_ctrl(_ssl, DTLS_CTRL_HANDLE_TIMEOUT, 0, null);
        Flush();
    }

    /// <summary>The agreed profile and keys; only when Established.</summary>
    public DtlsSrtpKeys ExportKeys()
    {
        SrtpProtectionProfile* selected = SSL_get_selected_srtp_profile(_ssl);
        SrtpProfile profile = (selected == null ? null : SrtpProfile.Find(selected->Id.Value))
            ?? throw new CryptographicException("No SRTP profile was agreed.");
        byte[] material = new byte[profile.KeyingMaterialLength];
        ReadOnlySpan<byte> label = "EXTRACTOR-dtls_srtp"u8;
        fixed (byte* output = material)
        fixed (byte* name = label)
        {
            DtlsContext.Require(
                SSL_export_keying_material(_ssl, output, (nuint)material.Length, name, (nuint)label.Length, null, 0, 0),
                "SSL_export_keying_material");
        }

        return new DtlsSrtpKeys(profile, material);
    }

    /// <summary>Sends close_notify.</summary>
    public void Shutdown()
    {
        if (_ssl != 0 && State == DtlsState.Established)
        {
            ERR_clear_error();
            _ = SSL_shutdown(_ssl);
            Flush();
            State = DtlsState.Closed;
        }
    }

    public void Dispose()
    {
        nint ssl = _ssl;
        _ssl = 0;
        _readBio = _writeBio = 0;
        if (ssl != 0)
        {
            SSL_free(ssl);
        }

        if (State is DtlsState.Handshaking or DtlsState.Established)
        {
            State = DtlsState.Closed;
        }
    }

    /// <summary>The certificate check of SSL_CTX_set_verify: refusing here ends the handshake with an alert before the peer reports success.</summary>
    [UnmanagedCallersOnly]
    internal static int VerifyPeer(int isChainTrusted, nint storeContext)
    {
        try
        {
            DtlsConnection? connection = t_current;
            return connection is not null && connection.IsExpected(X509_STORE_CTX_get0_cert(storeContext)) ? 1 : 0;
        }
#pragma warning disable CA1031 // An exception must not cross into native code.
        catch (Exception)
        {
            return 0;
        }
#pragma warning restore CA1031
    }

    // OpenSSL starts at one second, browsers at 50 ms: 100 ms and doubling.
    [UnmanagedCallersOnly]
    private static uint NextTimeout(nint ssl, uint previousUs) =>
        previousUs == 0 ? FirstRetransmitUs : Math.Min(previousUs * 2, LastRetransmitUs);

    private static nint NewMemoryBio()
    {
        nint bio = DtlsContext.Require(BIO_new(BIO_s_mem()), "BIO_new");
        BIO_ctrl(bio, BIO_C_SET_BUF_MEM_EOF_RETURN, -1, 0);
        return bio;
    }

    private bool IsExpected(nint certificate)
    {
        nint digest = EVP_get_digestbyname(_peer.OpenSslDigest);
        byte* hash = stackalloc byte[64];
        uint length = 0;
        bool isEqual = certificate != 0 && digest != 0 && X509_digest(certificate, digest, hash, &length) == 1
            && new ReadOnlySpan<byte>(hash, (int)length).SequenceEqual(_peer.Hash);
        IsFingerprintWrong = !isEqual;
        return isEqual;
    }

    // No await and no other OpenSSL call may come between a call and SSL_get_error: the error queue belongs to the thread.
    private void Drive()
    {
        t_current = this;
        try
        {
            if (State == DtlsState.Handshaking)
            {
                ERR_clear_error();
                int result = SSL_do_handshake(_ssl);
                if (result == 1)
                {
                    State = DtlsState.Established;
                }
                else
                {
                    Note(SSL_get_error(_ssl, result));
                }
            }

            if (State == DtlsState.Established)
            {
                ReadUntilEmpty();
            }
        }
        finally
        {
            t_current = null;
        }

        Flush();
    }

    // Application data is of no use here (no data channel); reading finds close_notify and answers retransmitted flights.
    private void ReadUntilEmpty()
    {
        byte* discarded = stackalloc byte[2048];
        int result;
        do
        {
            ERR_clear_error();
            result = SSL_read(_ssl, discarded, 2048);
        }
        while (result > 0);
        Note(SSL_get_error(_ssl, result));
    }

    private void Note(int error)
    {
        if (error == SSL_ERROR_ZERO_RETURN)
        {
            State = DtlsState.Closed;
        }
        else if (error != SSL_ERROR_WANT_READ)
        {
            FailureReason = IsFingerprintWrong ? "fingerprint mismatch" : PeekError();
            State = DtlsState.Failed;
        }
    }

    // A memory BIO forgets datagram borders on writing: cut at the record headers and repack whole records (RFC 6347 §4.1.1).
    [SkipLocalsInit]
    private void Flush()
    {
        const int Capacity = 16 * 1024;
        byte* buffer = stackalloc byte[Capacity];
        int length = BIO_read(_writeBio, buffer, Capacity);
        ReadOnlySpan<byte> flight = length > 0 ? new ReadOnlySpan<byte>(buffer, length) : default;
        while (flight.Length >= RecordHeader)
        {
            int take = 0;
            while (flight.Length - take >= RecordHeader)
            {
                int record = RecordHeader + BinaryPrimitives.ReadUInt16BigEndian(flight[(take + 11)..]);
                if (take > 0 && take + record > MaxDatagram)
                {
                    break;
                }

                take = Math.Min(take + record, flight.Length);
            }

            _transport.SendDtls(flight[..take]);
            flight = flight[take..];
        }
    }
}
