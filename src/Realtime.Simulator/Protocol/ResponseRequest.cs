using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>What one answer is asked for: the session's settings with what <c>response.create</c> overrides.</summary>
internal sealed record ResponseRequest
{
    public required ModelConfiguration Configuration { get; init; }

    public required ResponseModality Modality { get; init; }

    public required RealtimeAudioFormat Format { get; init; }

    public required double Speed { get; init; }

    public int? MaxOutputTokens { get; init; }

    public string? Instructions { get; init; }

    public bool IsOutOfBand { get; init; }

    public JsonNode? Metadata { get; init; }

    /// <summary>Items given instead of the conversation; null when the conversation is the input.</summary>
    public IReadOnlyList<Item>? Input { get; init; }

    public static ResponseRequest FromSession(SessionConfig config) => new()
    {
        Configuration = config.Model,
        Modality = config.Modality,
        Format = config.OutputFormat,
        Speed = config.Speed,
        MaxOutputTokens = config.MaxOutputTokens,
    };

    /// <exception cref="ProtocolException">Something in it is not allowed.</exception>
    public static ResponseRequest Read(JsonElement response, SessionConfig config, Func<JsonElement, Item> readItem)
    {
        SessionRules.CheckModalities(response);
        var request = FromSession(config);
        if (response.TryGetProperty("output_modalities", out var modalities))
        {
            request = request with
            {
                Modality = modalities[0].GetString() == "text" ? ResponseModality.Text : ResponseModality.Audio,
            };
        }

        if (response.TryGetProperty("instructions", out var instructions) && instructions.ValueKind == JsonValueKind.String)
        {
            request = request with { Instructions = instructions.GetString() };
        }

        if (response.TryGetProperty("max_output_tokens", out var limit))
        {
            request = request with { MaxOutputTokens = limit.TryGetInt32Safely() };
        }

        if (response.TryGetProperty("tools", out var tools))
        {
            request = request with
            {
                Configuration = request.Configuration with { Tools = SessionRules.Tools(JsonNode.Parse(tools.GetRawText()) as JsonArray) },
            };
        }

        if (response.TryGetProperty("tool_choice", out var choice))
        {
            request = request with
            {
                Configuration = request.Configuration with { ToolChoice = SessionRules.ToolChoice(JsonNode.Parse(choice.GetRawText())) },
            };
        }

        return request with
        {
            IsOutOfBand = response.TryGetProperty("conversation", out var conversation) && conversation.GetString() == "none",
            Metadata = response.TryGetProperty("metadata", out var metadata) ? JsonNode.Parse(metadata.GetRawText()) : null,
            Input = response.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.Array
                ? [.. input.EnumerateArray().Select(readItem)]
                : null,
        };
    }
}
