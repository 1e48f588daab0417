using System.Globalization;

namespace VoiceOrdering.Api.Problems;

/// <summary>Reads the headers that make requests safe to repeat: <c>If-Match</c> (RFC 9110 section 13.1.1) and <c>Idempotency-Key</c> (IETF draft).</summary>
internal static class RequestPreconditions
{
    /// <summary>Longest accepted key.</summary>
    public const int LongestKey = 255;

    /// <summary>The version in If-Match; null when the header is absent or <c>*</c>. The problem is set when it is not a version of ours.</summary>
    public static (long? Version, ApiProblem? Problem) IfMatchVersion(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || header == "*")
        {
            return (null, null);
        }

        var text = header.ToString();
        var isVersion = text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isVersion
            ? (long.Parse(text.AsSpan(1, text.Length - 2), CultureInfo.InvariantCulture), null)
            : (null, new ApiProblem(400, "IF_MATCH_INVALID", "If-Match must be one entity tag of ours, such as \"3\"."));
    }

    /// <summary>The key, without the quotes a structured field has; null when the header is absent.</summary>
    public static (string? Key, ApiProblem? Problem) IdempotencyKey(HttpRequest request)
    {
        var header = request.Headers["Idempotency-Key"];
        if (header.Count == 0)
        {
            return (null, null);
        }

        var key = header.Count == 1 ? header[0] ?? string.Empty : string.Empty;
        if (key.Length > 2 && key[0] == '"' && key[^1] == '"')
        {
            key = key[1..^1];
        }

        return key.Length is > 0 and <= LongestKey && key.All(c => c is > ' ' and <= '~')
            ? (key, null)
            : (null, new ApiProblem(400, RefusalCodes.IdempotencyKeyInvalid, $"Idempotency-Key must be given once, 1 to {LongestKey} visible ASCII characters."));
    }

    /// <summary>The entity tag of a version.</summary>
    public static string Tag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";
}
