using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>
/// The header that lets a receiver know that a webhook is ours, whole and recent: <c>t=1767225600,v1=3f…</c> with the instant in Unix seconds and the lower-case hex of
/// HMAC-SHA256 over <c>t + "." + body</c>. While a secret is being replaced there is one <c>v1</c> for each.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Name of the header.</summary>
    public const string Header = "X-VoiceOrdering-Signature";

    /// <summary>How old a signature may be for <see cref="IsValid"/>; a longer-lived copy of a request is worth nothing.</summary>
    public static TimeSpan Window => TimeSpan.FromMinutes(5);

    /// <summary>A new secret: 256 random bits, as text with a prefix that secret scanners can find.</summary>
    public static string NewSecret() => "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The header's value.</summary>
    public static string Sign(IEnumerable<string> secrets, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var instant = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var value = new StringBuilder("t=").Append(instant);
        foreach (var secret in secrets)
        {
            value.Append(",v1=").Append(Mac(secret, instant, body));
        }

        return value.ToString();
    }

    /// <summary>What a receiver checks: one of the signatures fits, in constant time, and the instant is within the window.</summary>
    public static bool IsValid(string header, string secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(header);
        var parts = header.Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToArray();
        var instant = parts.FirstOrDefault(part => part[0] == "t")?[1];
        if (!long.TryParse(instant, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).TotalSeconds) > Window.TotalSeconds)
        {
            return false;
        }

        var expected = Encoding.ASCII.GetBytes(Mac(secret, instant, body));
        return parts.Where(part => part[0] == "v1").Aggregate(false, (found, part) => CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(part[1])) || found);
    }

    private static string Mac(string secret, string instant, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(instant + "."));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
