using System.Security.Cryptography;
using System.Text;

namespace VoiceOrdering.Grains.Identity;

/// <summary>Only hashes of secrets are kept, and they are compared in a time that does not depend on where they differ.</summary>
internal static class SecretHash
{
    /// <summary>SHA-256 of the UTF-8 text, lower-case hexadecimal. The secrets carry 256 random bits, so no salt is needed.</summary>
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret)), Encoding.ASCII.GetBytes(hash));
}
