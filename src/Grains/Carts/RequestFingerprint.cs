using System.Security.Cryptography;
using System.Text.Json;
using VoiceOrdering.Json;

namespace VoiceOrdering.Grains.Carts;

/// <summary>Recognises the same request under the same key.</summary>
internal static class RequestFingerprint
{
    private const int KeyLength = 255;

    /// <summary>Short hash of a request's content.</summary>
    public static string Of<T>(string verb, T request) =>
        verb + ":" + Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options)).AsSpan(0, 16));

    /// <summary>1 to 255 visible ASCII characters.</summary>
    public static bool IsValidKey(string? key) => key is { Length: > 0 and <= KeyLength } && key.All(c => c is >= '!' and <= '~');
}
