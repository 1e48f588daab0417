using System.Collections.Frozen;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Sorts provider errors by whose move it is. The specification names no codes; these are the ones public clients act on
/// (read 2026-11-20). An unknown code follows its type: a server fault may pass, a refused request is ours.
/// </summary>
internal static class ErrorKinds
{
    public const string SessionExpired = "SESSION_EXPIRED";
    public const string Unknown = "UNKNOWN_PROVIDER_ERROR";

    private static readonly FrozenSet<string> s_fatal = FrozenSet.ToFrozenSet(
    [
        "INSUFFICIENT_QUOTA", "INVALID_API_KEY", "ACCOUNT_DEACTIVATED", "BILLING_HARD_LIMIT_REACHED", "BILLING_NOT_ACTIVE",
        "MODEL_NOT_FOUND",
    ]);

    private static readonly FrozenSet<string> s_retriable = FrozenSet.ToFrozenSet(
    [
        SessionExpired, "RATE_LIMIT_EXCEEDED", "INFERENCE_RATE_LIMIT_EXCEEDED", "SERVER_ERROR", "INFERENCE_SERVER_ERROR",
        "INFERENCE_NOT_AVAILABLE_ERROR", "TIMEOUT", "OVERLOADED",
    ]);

    /// <summary>Upper-snake code from what the provider sent: its code, else its type.</summary>
    public static string Code(string? code, string? type)
    {
        var name = string.IsNullOrEmpty(code) ? type : code;
        return string.IsNullOrEmpty(name) ? Unknown : name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');
    }

    public static ProviderErrorKind Kind(string code, string? type)
    {
        if (s_fatal.Contains(code))
        {
            return ProviderErrorKind.Fatal;
        }

        return s_retriable.Contains(code) || type is "server_error" or "tokens" or "requests" or "rate_limit_error"
            ? ProviderErrorKind.Retriable
            : ProviderErrorKind.Bug;
    }
}
