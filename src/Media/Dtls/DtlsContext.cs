using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VoiceOrdering.Media.Srtp;
using static VoiceOrdering.Media.Dtls.OpenSsl;

namespace VoiceOrdering.Media.Dtls;

/// <summary>One self-signed certificate and the OpenSSL settings shared by all connections of a server. Thread-safe.</summary>
internal sealed unsafe class DtlsContext : IDisposable
{
    private const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384";

    private static readonly TimeSpan s_certificateLife = TimeSpan.FromDays(5 * 365);
    private nint _handle;

    /// <exception cref="DllNotFoundException">OpenSSL 3 is not installed.</exception>
    public DtlsContext(TimeProvider time, string srtpProfiles)
    {
        // Creating the certificate makes .NET initialise OpenSSL first, with its own choice about cleaning up at exit.
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] certificate = CreateCertificate(key, time.GetUtcNow());
        byte[] privateKey = key.ExportPkcs8PrivateKey();
        Fingerprint = CertificateFingerprint.OfCertificate(certificate);

        ERR_clear_error();
        _handle = Require(SSL_CTX_new(DTLS_method()), "SSL_CTX_new");
        // RFC 8827 §6.5 asks for DTLS 1.2 at least; OpenSSL 3.0 has no newer one.
        Require(SSL_CTX_ctrl(_handle, SSL_CTRL_SET_MIN_PROTO_VERSION, DTLS1_2_VERSION, 0), "SET_MIN_PROTO_VERSION");
        SSL_CTX_set_options(_handle, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
        SSL_CTX_ctrl(_handle, SSL_CTRL_SET_SESS_CACHE_MODE, 0, 0);
        Require(SSL_CTX_set_cipher_list(_handle, Ciphers), "SSL_CTX_set_cipher_list");
        fixed (byte* der = certificate)
        {
            Require(SSL_CTX_use_certificate_ASN1(_handle, certificate.Length, der), "SSL_CTX_use_certificate_ASN1");
        }

        fixed (byte* der = privateKey)
        {
            Require(SSL_CTX_use_PrivateKey_ASN1(EVP_PKEY_EC, _handle, der, privateKey.Length), "SSL_CTX_use_PrivateKey_ASN1");
        }

        CryptographicOperations.ZeroMemory(privateKey);
        Require(SSL_CTX_set_tlsext_use_srtp(_handle, srtpProfiles) == 0 ? 1 : 0, "SSL_CTX_set_tlsext_use_srtp");
        // Without "require" the browser is never asked for its certificate.
        SSL_CTX_set_verify(_handle, SSL_VERIFY_PEER_AND_REQUIRE, &DtlsConnection.VerifyPeer);
    }

    public CertificateFingerprint Fingerprint { get; }

    internal nint Handle => _handle;

    public void Dispose()
    {
        // Connections hold their own reference to the native context, so the order of disposal does not matter.
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            SSL_CTX_free(handle);
        }
    }

    internal static nint Require(nint result, string function) =>
        result > 0 || result < -1 ? result : throw new CryptographicException($"{function} failed: {PeekError()}");

    private static byte[] CreateCertificate(ECDsa key, DateTimeOffset now)
    {
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        X500DistinguishedName subject = new("CN=VoiceOrdering");
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.Create(
            subject, X509SignatureGenerator.CreateForECDsa(key), now.AddDays(-1), now + s_certificateLife, serial);
        return certificate.RawData;
    }
}
