using System.Text.Json.Nodes;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>What <c>GET /v1/models</c> lists. Dates as announced by the provider (read 2026-11-20).</summary>
internal static class ModelCatalog
{
    private static readonly (string Id, DateOnly Created, DateOnly? ShutsDown)[] s_models =
    [
        ("gpt-realtime", new(2025, 8, 28), new(2027, 1, 20)),
        ("gpt-realtime-mini", new(2025, 10, 6), new(2027, 1, 20)),
        ("gpt-realtime-2.1", new(2026, 8, 1), null),
        ("gpt-realtime-2.1-mini", new(2026, 8, 1), null),
        ("gpt-transcribe", new(2026, 8, 1), null),
        ("gpt-4o-transcribe", new(2025, 3, 20), new(2027, 2, 26)),
        ("whisper-1", new(2023, 3, 1), new(2027, 2, 26)),
    ];

    public static JsonObject List() => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. s_models.Select(ToJson)]),
    };

    public static JsonObject? Find(string id)
    {
        var index = Array.FindIndex(s_models, model => model.Id == id);
        return index < 0 ? null : ToJson(s_models[index]);
    }

    private static JsonObject ToJson((string Id, DateOnly Created, DateOnly? ShutsDown) model) => new()
    {
        ["id"] = model.Id,
        ["object"] = "model",
        ["created"] = new DateTimeOffset(model.Created, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds(),
        ["owned_by"] = "simulator",
        ["shutdown_date"] = model.ShutsDown?.ToString("yyyy-MM-dd"),
    };
}
