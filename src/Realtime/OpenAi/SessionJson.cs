using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Writes the session object; a member that is not set is left out, because the provider changes only what is present.
/// Source: OpenAI Realtime, <c>session.update</c> (2026-08).
/// </summary>
internal static class SessionJson
{
    public static void Write(Utf8JsonWriter json, SessionSettings settings)
    {
        json.WriteStartObject("session");
        json.WriteString("type", "realtime");
        WriteModality(json, settings.Modality);
        if (settings.Instructions is { } instructions)
        {
            json.WriteString("instructions", instructions);
        }

        WriteAudio(json, settings);
        WriteTools(json, settings.Tools);
        WriteToolChoice(json, settings.ToolChoice);
        if (settings.MaxOutputTokens is { } tokens)
        {
            ClientMessages.Check(tokens is >= 1 and <= 4096, "An answer has 1 to 4096 tokens.");
            json.WriteNumber("max_output_tokens", tokens);
        }

        if (settings.RetentionRatio is { } ratio)
        {
            ClientMessages.Check(ratio is >= 0 and <= 1, "The retention ratio is 0 to 1.");
            json.WriteStartObject("truncation");
            json.WriteString("type", "retention_ratio");
            json.WriteNumber("retention_ratio", ratio);
            json.WriteEndObject();
        }

        if (settings.ReasoningEffort is { } effort)
        {
            json.WriteStartObject("reasoning");
            json.WriteString("effort", effort);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void WriteModality(Utf8JsonWriter json, ResponseModality? modality)
    {
        if (modality is { } chosen)
        {
            json.WriteStartArray("output_modalities");
            json.WriteStringValue(chosen == ResponseModality.Audio ? "audio" : "text");
            json.WriteEndArray();
        }
    }

    public static void WriteToolChoice(Utf8JsonWriter json, string? choice)
    {
        switch (choice)
        {
            case null:
                break;
            case "auto" or "none" or "required":
                json.WriteString("tool_choice", choice);
                break;
            default:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteString("name", choice);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteTools(Utf8JsonWriter json, IReadOnlyList<ToolDefinition>? tools)
    {
        if (tools is null)
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            WriteSchema(json, tool);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSchema(Utf8JsonWriter json, ToolDefinition tool)
    {
        try
        {
            using var schema = JsonDocument.Parse(tool.ParametersJson);
            ClientMessages.Check(
                schema.RootElement.ValueKind == JsonValueKind.Object, $"The parameters of tool '{tool.Name}' are no JSON object.");
            schema.RootElement.WriteTo(json);
        }
        catch (JsonException failure)
        {
            throw new RealtimeException(
                ProviderErrorKind.Bug, RealtimeErrorCodes.InvalidArgument, $"The parameters of tool '{tool.Name}' are no JSON.", failure);
        }
    }

    private static void WriteAudio(Utf8JsonWriter json, SessionSettings settings)
    {
        json.WriteStartObject("audio");
        json.WriteStartObject("input");
        WriteFormat(json, settings.InputFormat);
        WriteTranscription(json, settings.Transcription);
        if (settings.NoiseReduction is { } noise)
        {
            json.WriteStartObject("noise_reduction");
            json.WriteString("type", noise);
            json.WriteEndObject();
        }

        WriteTurnDetection(json, settings.TurnDetection);
        json.WriteEndObject();
        json.WriteStartObject("output");
        WriteFormat(json, settings.OutputFormat);
        if (!string.IsNullOrEmpty(settings.Voice))
        {
            json.WriteString("voice", settings.Voice);
        }

        if (settings.Speed is { } speed)
        {
            ClientMessages.Check(speed is >= 0.25 and <= 1.5, "The speed is 0.25 to 1.5.");
            json.WriteNumber("speed", speed);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, RealtimeAudioFormat? format)
    {
        if (format is { } chosen)
        {
            json.WriteStartObject("format");
            json.WriteString("type", chosen.MediaType());
            if (chosen == RealtimeAudioFormat.Pcm24k)
            {
                json.WriteNumber("rate", 24_000);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteTranscription(Utf8JsonWriter json, InputTranscription? transcription)
    {
        if (transcription is null)
        {
            return;
        }

        if (transcription.Model.Length == 0)
        {
            json.WriteNull("transcription");
            return;
        }

        json.WriteStartObject("transcription");
        json.WriteString("model", transcription.Model);
        if (transcription.Language is { } language)
        {
            json.WriteString("language", language);
        }

        if (transcription.Prompt is { } prompt)
        {
            json.WriteString("prompt", prompt);
        }

        json.WriteEndObject();
    }

    private static void WriteTurnDetection(Utf8JsonWriter json, TurnDetection? detection)
    {
        switch (detection)
        {
            case TurnDetection.Manual:
                json.WriteNull("turn_detection");
                break;
            case TurnDetection.ServerVad vad:
                json.WriteStartObject("turn_detection");
                json.WriteString("type", "server_vad");
                json.WriteNumber("threshold", vad.Threshold);
                json.WriteNumber("prefix_padding_ms", vad.PrefixPaddingMs);
                json.WriteNumber("silence_duration_ms", vad.SilenceDurationMs);
                if (vad.IdleTimeoutMs is { } idle)
                {
                    json.WriteNumber("idle_timeout_ms", idle);
                }

                json.WriteBoolean("create_response", vad.CreateResponse);
                json.WriteBoolean("interrupt_response", vad.InterruptResponse);
                json.WriteEndObject();
                break;
            case TurnDetection.SemanticVad vad:
                json.WriteStartObject("turn_detection");
                json.WriteString("type", "semantic_vad");
                json.WriteString("eagerness", vad.Eagerness);
                json.WriteBoolean("create_response", vad.CreateResponse);
                json.WriteBoolean("interrupt_response", vad.InterruptResponse);
                json.WriteEndObject();
                break;
        }
    }
}
