using System.Text.Json.Nodes;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>A refusal as the provider words it. Codes come from public clients (read 2026-11-20), not from the specification.</summary>
internal sealed record ProtocolError(string? Code, string Message, string? Param = null, string Type = "invalid_request_error")
{
    public static ProtocolError InvalidValue(string param, string message) => new("invalid_value", message, param);

    public static ProtocolError Missing(string param) =>
        new("missing_required_parameter", $"Missing required parameter: '{param}'.", param);

    public static ProtocolError Unknown(string param) => new("unknown_parameter", $"Unknown parameter: '{param}'.", param);

    public JsonObject ToJson(string? clientEventId) => new()
    {
        ["type"] = Type,
        ["code"] = Code,
        ["message"] = Message,
        ["param"] = Param,
        ["event_id"] = clientEventId,
    };
}
