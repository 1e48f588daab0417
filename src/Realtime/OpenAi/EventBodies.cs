using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>The larger members of server events.</summary>
internal static class EventBodies
{
    public static SessionReady Ready(JsonElement session) => new(
        session.Text("id") ?? "",
        session.Text("model") ?? "",
        session.TryGetProperty("expires_at", out var expires) && expires.TryGetInt64(out var seconds) && seconds > 0
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null);

    public static ResponseStarted Started(JsonElement response)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (response.Object("metadata") is { } pairs)
        {
            foreach (var pair in pairs.EnumerateObject())
            {
                metadata[pair.Name] = pair.Value.ToString();
            }
        }

        return new ResponseStarted(response.Required("id"), metadata);
    }

    public static CallerTranscriptFailed TranscriptFailed(JsonElement body)
    {
        var error = body.Object("error");
        return new CallerTranscriptFailed(
            body.Required("item_id"), ErrorKinds.Code(error?.Text("code"), error?.Text("type")), error?.Text("message") ?? "");
    }

    public static List<RateLimit> Limits(JsonElement limits) =>
    [
        .. limits.EnumerateArray().Select(limit => new RateLimit(
            limit.Text("name") ?? "", limit.Long("limit"), limit.Long("remaining"), limit.Double("reset_seconds"))),
    ];

    public static ProviderError Error(JsonElement error, string? verb)
    {
        var type = error.Text("type");
        var code = ErrorKinds.Code(error.Text("code"), type);
        var kind = ErrorKinds.Kind(code, type);
        RealtimeMetrics.ProviderErrors.Add(1, new("kind", kind.ToString()), new("code", code));
        return new ProviderError(kind, code, error.Text("message") ?? "", verb);
    }
}
