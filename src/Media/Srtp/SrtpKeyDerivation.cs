using System.Security.Cryptography;

namespace VoiceOrdering.Media.Srtp;

/// <summary>The AES-CM key derivation of RFC 3711 §4.3 with a derivation rate of zero; RFC 7714 §11 uses the same with a 96-bit salt.</summary>
internal static class SrtpKeyDerivation
{
    public const byte RtpEncryption = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpEncryption = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    public static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        byte[] blocks = new byte[(length + 15) / 16 * 16];
        for (int i = 0; i < blocks.Length; i += 16)
        {
            // A shorter salt is padded with zeros on the right (RFC 7714 §11); label and index are aligned to its end (RFC 3711 §4.3.1).
            masterSalt.CopyTo(blocks.AsSpan(i));
            blocks[i + 7] ^= label;
            blocks[i + 15] = (byte)(i / 16);
        }

        using Aes aes = Aes.Create();
        aes.SetKey(masterKey);
        byte[] stream = new byte[blocks.Length];
        aes.EncryptEcb(blocks, stream, PaddingMode.None);
        return stream[..length];
    }
}
