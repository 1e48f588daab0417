using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>What the provider refuses in a session object. Source: OpenAI Realtime, session object (2026-08).</summary>
internal static class SessionRules
{
    private static readonly FrozenSet<string> s_members = FrozenSet.ToFrozenSet(
    [
        "type", "output_modalities", "model", "instructions", "audio", "include", "tracing", "tools", "tool_choice",
        "max_output_tokens", "truncation", "prompt", "parallel_tool_calls", "reasoning",
    ]);

    private static readonly FrozenSet<string> s_inputMembers =
        FrozenSet.ToFrozenSet(["format", "transcription", "noise_reduction", "turn_detection"]);

    private static readonly FrozenSet<string> s_outputMembers = FrozenSet.ToFrozenSet(["format", "voice", "speed"]);

    /// <exception cref="ProtocolException">Something is not allowed.</exception>
    public static void Check(JsonElement session)
    {
        Require(session.ValueKind == JsonValueKind.Object, ProtocolError.Missing("session"));
        Require(session.TryGetProperty("type", out var type), ProtocolError.Missing("session.type"));
        Require(type.ValueEquals("realtime"), ProtocolError.InvalidValue(
            "session.type", "Passing a session of another type than 'realtime' to a realtime session is not allowed."));
        CheckMembers(session, s_members, "session");
        CheckModalities(session);
        CheckMaxOutputTokens(session);
        CheckTools(session);
        if (session.TryGetProperty("audio", out var audio))
        {
            CheckMembers(audio, FrozenSet.ToFrozenSet(["input", "output"]), "session.audio");
            if (audio.TryGetProperty("input", out var input))
            {
                CheckInput(input);
            }

            if (audio.TryGetProperty("output", out var output))
            {
                CheckOutput(output);
            }
        }
    }

    public static IReadOnlyList<ToolDefinition> Tools(JsonArray? tools) => tools is null
        ? []
        :
        [
            .. tools.Where(tool => (string?)tool?["type"] == "function").Select(tool => new ToolDefinition(
                (string?)tool!["name"] ?? "", (string?)tool["description"] ?? "", tool["parameters"]?.ToJsonString() ?? "{}")),
        ];

    public static string ToolChoice(JsonNode? choice) =>
        choice is JsonObject named ? (string?)named["name"] ?? "auto" : (string?)choice ?? "auto";

    public static void CheckModalities(JsonElement owner)
    {
        if (!owner.TryGetProperty("output_modalities", out var modalities))
        {
            return;
        }

        var fits = modalities.ValueKind == JsonValueKind.Array && modalities.GetArrayLength() == 1
            && modalities[0].GetString() is "audio" or "text";
        Require(fits, ProtocolError.InvalidValue(
            "session.output_modalities", "Invalid modalities. Supported combinations are: ['text'] and ['audio']."));
    }

    private static void CheckMaxOutputTokens(JsonElement session)
    {
        if (session.TryGetProperty("max_output_tokens", out var tokens))
        {
            var fits = tokens.ValueKind == JsonValueKind.String ? tokens.GetString() == "inf" : tokens.TryGetInt32(out var count) && count is >= 1 and <= 4096;
            Require(fits, ProtocolError.InvalidValue("session.max_output_tokens", "Expected an integer from 1 to 4096 or 'inf'."));
        }
    }

    private static void CheckTools(JsonElement session)
    {
        if (!session.TryGetProperty("tools", out var tools))
        {
            return;
        }

        Require(tools.ValueKind == JsonValueKind.Array, ProtocolError.InvalidValue("session.tools", "Expected an array of tools."));
        foreach (var (index, tool) in tools.EnumerateArray().Index())
        {
            var type = tool.TryGetProperty("type", out var given) ? given.GetString() : null;
            Require(type is "function" or "mcp", ProtocolError.InvalidValue(
                $"session.tools[{index}].type", "Supported values are: 'function' and 'mcp'."));
            if (type == "function")
            {
                Require(
                    tool.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 and <= 64 },
                    ProtocolError.Missing($"session.tools[{index}].name"));
            }
        }
    }

    private static void CheckInput(JsonElement input)
    {
        CheckMembers(input, s_inputMembers, "session.audio.input");
        CheckFormat(input, "session.audio.input.format");
        if (!input.TryGetProperty("turn_detection", out var turns) || turns.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        const string path = "session.audio.input.turn_detection";
        var type = turns.TryGetProperty("type", out var given) ? given.GetString() : null;
        Require(type is "server_vad" or "semantic_vad", ProtocolError.InvalidValue(
            path + ".type", "Supported values are: 'server_vad' and 'semantic_vad'."));
        CheckRange(turns, path, "threshold", 0, 1);
        CheckRange(turns, path, "prefix_padding_ms", 0, 5_000);
        CheckRange(turns, path, "silence_duration_ms", 50, 10_000);
        CheckRange(turns, path, "idle_timeout_ms", 5_000, 30_000);
    }

    private static void CheckOutput(JsonElement output)
    {
        CheckMembers(output, s_outputMembers, "session.audio.output");
        CheckFormat(output, "session.audio.output.format");
        CheckRange(output, "session.audio.output", "speed", 0.25, 1.5);
    }

    private static void CheckFormat(JsonElement side, string path)
    {
        if (!side.TryGetProperty("format", out var format))
        {
            return;
        }

        var type = format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var given) ? given.GetString() : null;
        Require(type is "audio/pcm" or "audio/pcmu" or "audio/pcma", ProtocolError.InvalidValue(
            path, "Supported values are: 'audio/pcm', 'audio/pcmu' and 'audio/pcma'."));
        Require(
            type != "audio/pcm" || !format.TryGetProperty("rate", out var rate) || rate.GetInt32() == 24_000,
            ProtocolError.InvalidValue(path + ".rate", "Only 24000 is supported."));
    }

    private static void CheckRange(JsonElement owner, string path, string name, double least, double most)
    {
        if (owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            Require(
                value.ValueKind == JsonValueKind.Number && value.GetDouble() >= least && value.GetDouble() <= most,
                ProtocolError.InvalidValue($"{path}.{name}", $"Expected a number from {least} to {most}."));
        }
    }

    private static void CheckMembers(JsonElement owner, FrozenSet<string> allowed, string path)
    {
        Require(owner.ValueKind == JsonValueKind.Object, ProtocolError.InvalidValue(path, "Expected an object."));
        foreach (var member in owner.EnumerateObject())
        {
            Require(allowed.Contains(member.Name), ProtocolError.Unknown($"{path}.{member.Name}"));
        }
    }

    private static void Require(bool fits, ProtocolError error)
    {
        if (!fits)
        {
            throw new ProtocolException(error);
        }
    }
}
