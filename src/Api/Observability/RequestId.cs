using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Observability;

/// <summary>The request's correlation id: taken from <c>X-Request-ID</c> when it is well formed, made otherwise.</summary>
internal static class RequestId
{
    /// <summary>Header that carries it both ways.</summary>
    public const string Header = "X-Request-ID";

    /// <summary>Longest id that is accepted; a longer or malformed one is replaced, since it goes into every log line.</summary>
    public const int LongestCharacters = 128;

    private static readonly object Key = new();

    /// <summary>The id of this request; empty before the middleware ran.</summary>
    public static string Of(HttpContext context) => context.Items[Key] as string ?? string.Empty;

    /// <summary>Decides the id and remembers it.</summary>
    public static string Assign(HttpContext context, IIdSource ids)
    {
        var given = context.Request.Headers[Header];
        var id = given.Count == 1 && IsWellFormed(given[0]) ? given[0]! : ids.NewId("req_");
        context.Items[Key] = id;
        return id;
    }

    private static bool IsWellFormed(string? id) =>
        id is { Length: > 0 and <= LongestCharacters } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
