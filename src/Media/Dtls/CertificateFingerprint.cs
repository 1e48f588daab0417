using System.Security.Cryptography;

namespace VoiceOrdering.Media.Dtls;

/// <summary>The hash of a certificate as SDP carries it (RFC 8122 §5).</summary>
/// <param name="Algorithm">Lower-case hash name: sha-256, sha-384 or sha-512. SHA-1 and MD5 are refused.</param>
/// <param name="Hash">The hash.</param>
internal sealed record CertificateFingerprint(string Algorithm, byte[] Hash)
{
    /// <summary>The name OpenSSL gives the hash.</summary>
    public string OpenSslDigest => Algorithm.Replace("-", "", StringComparison.Ordinal);

    public static CertificateFingerprint OfCertificate(byte[] der) => new("sha-256", SHA256.HashData(der));

    /// <summary>Parses the value of an a=fingerprint line; null when malformed or too weak.</summary>
    public static CertificateFingerprint? Parse(string value)
    {
        int space = value.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return null;
        }

        string algorithm = value[..space].ToLowerInvariant();
        int length = algorithm switch { "sha-256" => 32, "sha-384" => 48, "sha-512" => 64, _ => 0 };
        string hex = value[(space + 1)..].Trim();
        if (length == 0 || hex.Length != (length * 3) - 1)
        {
            return null;
        }

        byte[] hash = new byte[length];
        for (int i = 0; i < length; i++)
        {
            if ((i > 0 && hex[(i * 3) - 1] != ':')
                || !byte.TryParse(hex.AsSpan(i * 3, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out hash[i]))
            {
                return null;
            }
        }

        return new CertificateFingerprint(algorithm, hash);
    }

    public bool Matches(CertificateFingerprint other) => Algorithm == other.Algorithm && Hash.AsSpan().SequenceEqual(other.Hash);

    public override string ToString() => Algorithm + " " + string.Join(':', Hash.Select(b => b.ToString("X2")));
}
