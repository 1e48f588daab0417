using VoiceOrdering.Media.Srtp;

namespace VoiceOrdering.Media.Dtls;

/// <summary>Which side of the handshake a connection is.</summary>
internal enum DtlsRole
{
    /// <summary>We wait for the browser's ClientHello: we answered a=setup:passive.</summary>
    Server,

    /// <summary>Used by synthetic callers and the warm-up.</summary>
    Client,
}

/// <summary>Keying material of a handshake: client key, server key, client salt, server salt (RFC 5764 §4.2).</summary>
internal sealed class DtlsSrtpKeys(SrtpProfile profile, byte[] material)
{
    public SrtpProfile Profile { get; } = profile;

    /// <summary>Protects or opens what this role sends.</summary>
    public SrtpTransform CreateTransform(DtlsRole sender)
    {
        int keyOffset = sender == DtlsRole.Client ? 0 : Profile.KeyLength;
        int saltOffset = (2 * Profile.KeyLength) + (sender == DtlsRole.Client ? 0 : Profile.SaltLength);
        return Profile.CreateTransform(material.AsSpan(keyOffset, Profile.KeyLength), material.AsSpan(saltOffset, Profile.SaltLength));
    }
}
