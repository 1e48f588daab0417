using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Dtls;

/// <summary>The OpenSSL 3 functions the DTLS part needs. The sonames are those .NET itself loads on Linux, so there is one copy in the process.</summary>
internal static unsafe partial class OpenSsl
{
    public const int SSL_ERROR_WANT_READ = 2;
    public const int SSL_ERROR_ZERO_RETURN = 6;
    public const int SSL_VERIFY_PEER_AND_REQUIRE = 0x01 | 0x02;
    public const int EVP_PKEY_EC = 408;
    public const int SSL_CTRL_SET_MTU = 17;
    public const int SSL_CTRL_SET_SESS_CACHE_MODE = 44;
    public const int DTLS_CTRL_GET_TIMEOUT = 73;
    public const int DTLS_CTRL_HANDLE_TIMEOUT = 74;
    public const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    public const int BIO_C_SET_BUF_MEM_EOF_RETURN = 130;
    public const int DTLS1_2_VERSION = 0xFEFD;
    public const ulong SSL_OP_NO_QUERY_MTU = 1UL << 12;
    public const ulong SSL_OP_NO_TICKET = 1UL << 14;
    public const ulong SSL_OP_NO_RENEGOTIATION = 1UL << 30;

    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    [LibraryImport(Ssl)]
    public static partial nint DTLS_method();

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_free(nint ctx);

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_ctrl(nint ctx, int command, nint number, nint pointer);

    [LibraryImport(Ssl)]
    public static partial ulong SSL_CTX_set_options(nint ctx, ulong options);

    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_cipher_list(nint ctx, string ciphers);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_verify(nint ctx, int mode, delegate* unmanaged<int, nint, int> callback);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_use_certificate_ASN1(nint ctx, int length, byte* der);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_use_PrivateKey_ASN1(int keyType, nint ctx, byte* der, nint length);

    /// <summary>Zero means success, unlike the rest of the API.</summary>
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_tlsext_use_srtp(nint ctx, string profiles);

    [LibraryImport(Ssl)]
    public static partial nint SSL_new(nint ctx);

    [LibraryImport(Ssl)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Ssl)]
    public static partial nint SSL_ctrl(nint ssl, int command, nint number, void* pointer);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_bio(nint ssl, nint readBio, nint writeBio);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_accept_state(nint ssl);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_connect_state(nint ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_do_handshake(nint ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_read(nint ssl, byte* buffer, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_get_error(nint ssl, int result);

    [LibraryImport(Ssl)]
    public static partial int SSL_shutdown(nint ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_export_keying_material(
        nint ssl, byte* output, nuint length, byte* label, nuint labelLength, byte* context, nuint contextLength, int useContext);

    [LibraryImport(Ssl)]
    public static partial SrtpProtectionProfile* SSL_get_selected_srtp_profile(nint ssl);

    [LibraryImport(Ssl)]
    public static partial void DTLS_set_timer_cb(nint ssl, delegate* unmanaged<nint, uint, uint> callback);

    [LibraryImport(Crypto)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Crypto)]
    public static partial nint BIO_s_mem();

    [LibraryImport(Crypto)]
    public static partial int BIO_read(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto)]
    public static partial int BIO_write(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto)]
    public static partial nint BIO_ctrl(nint bio, int command, nint number, nint pointer);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    [LibraryImport(Crypto)]
    public static partial ulong ERR_peek_error();

    [LibraryImport(Crypto)]
    public static partial void ERR_error_string_n(ulong error, byte* buffer, nuint length);

    [LibraryImport(Crypto)]
    public static partial nint X509_STORE_CTX_get0_cert(nint storeContext);

    [LibraryImport(Crypto, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_get_digestbyname(string name);

    [LibraryImport(Crypto)]
    public static partial int X509_digest(nint certificate, nint digest, byte* output, uint* length);

    /// <summary>First entry of OpenSSL's error queue of this thread, or an empty string.</summary>
    public static string PeekError()
    {
        ulong error = ERR_peek_error();
        if (error == 0)
        {
            return "";
        }

        byte* text = stackalloc byte[256];
        ERR_error_string_n(error, text, 256);
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    /// <summary>SRTP_PROTECTION_PROFILE of openssl/srtp.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SrtpProtectionProfile
    {
        public nint Name;
        public CULong Id;
    }
}
