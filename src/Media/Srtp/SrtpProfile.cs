namespace VoiceOrdering.Media.Srtp;

/// <summary>A protection profile: RFC 5764 §4.1.2 (CM) or RFC 7714 §14.2 (GCM).</summary>
internal sealed record SrtpProfile(string OpenSslName, ushort Id, int KeyLength, int SaltLength)
{
    public static readonly SrtpProfile AesCm128HmacSha1Tag80 = new("SRTP_AES128_CM_SHA1_80", 0x0001, 16, 14);
    public static readonly SrtpProfile AeadAes128Gcm = new("SRTP_AEAD_AES_128_GCM", 0x0007, 16, 12);

    /// <summary>Largest number of bytes protection adds to a packet: tag 16 and, for SRTCP, the index word.</summary>
    public const int MaxExpansion = 20;

    /// <summary>Both profiles in our order of preference, as SSL_CTX_set_tlsext_use_srtp wants it.</summary>
    public static string OfferedNames => AeadAes128Gcm.OpenSslName + ":" + AesCm128HmacSha1Tag80.OpenSslName;

    /// <summary>Bytes of keying material for both directions.</summary>
    public int KeyingMaterialLength => 2 * (KeyLength + SaltLength);

    public static SrtpProfile? Find(ulong id) => id switch
    {
        0x0001 => AesCm128HmacSha1Tag80,
        0x0007 => AeadAes128Gcm,
        _ => null,
    };

    public SrtpTransform CreateTransform(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt) => Id == AeadAes128Gcm.Id
        ? new SrtpGcmTransform(masterKey, masterSalt)
        : new SrtpCmTransform(masterKey, masterSalt);
}
