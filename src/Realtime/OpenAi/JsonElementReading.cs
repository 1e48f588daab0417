using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>Reading of provider JSON: a missing or null optional member has a neutral value, a missing required one is a malformed event.</summary>
internal static class JsonElementReading
{
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static string Required(this JsonElement element, string name) =>
        element.Text(name) ?? throw new JsonException($"The member '{name}' is missing.");

    public static int Int(this JsonElement element, string name) => checked((int)element.Double(name));

    public static long Long(this JsonElement element, string name) => checked((long)element.Double(name));

    public static double Double(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    public static JsonElement? Object(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
