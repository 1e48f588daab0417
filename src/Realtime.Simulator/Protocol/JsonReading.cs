using System.Text.Json;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Reading of client JSON, with the provider's refusals for what is missing or of the wrong kind.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <exception cref="ProtocolException">Missing or no text.</exception>
    public static string Required(this JsonElement element, string name, string? path = null) =>
        element.Text(name) ?? throw new ProtocolException(ProtocolError.Missing(path ?? name));

    /// <exception cref="ProtocolException">Missing or no whole number.</exception>
    public static int RequiredInt(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw new ProtocolException(ProtocolError.Missing(name));

    public static int? TryGetInt32Safely(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;
}
