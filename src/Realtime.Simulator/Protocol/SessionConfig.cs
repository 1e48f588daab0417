using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// The session object: what a client may set, with the provider's defaults and refusals. Kept as JSON, so that what is not understood here
/// (tracing, prompt) comes back as it went in; typed views are read from it. Used under the session's gate.
/// Source: OpenAI Realtime, session object (2026-08).
/// </summary>
internal sealed class SessionConfig
{
    private readonly JsonObject _session;

    public SessionConfig(string sessionId, string model, long expiresAt)
    {
        _session = new JsonObject
        {
            ["type"] = "realtime",
            ["object"] = "realtime.session",
            ["id"] = sessionId,
            ["model"] = model,
            ["output_modalities"] = new JsonArray("audio"),
            ["instructions"] = "",
            ["tools"] = new JsonArray(),
            ["tool_choice"] = "auto",
            ["max_output_tokens"] = "inf",
            ["tracing"] = null,
            ["truncation"] = "auto",
            ["prompt"] = null,
            ["expires_at"] = expiresAt,
            ["audio"] = new JsonObject
            {
                ["input"] = new JsonObject
                {
                    ["format"] = new JsonObject { ["type"] = "audio/pcm", ["rate"] = 24_000 },
                    ["transcription"] = null,
                    ["noise_reduction"] = null,
                    ["turn_detection"] = VadDefaults(),
                },
                ["output"] = new JsonObject
                {
                    ["format"] = new JsonObject { ["type"] = "audio/pcm", ["rate"] = 24_000 },
                    ["voice"] = "alloy",
                    ["speed"] = 1.0,
                },
            },
            ["include"] = null,
        };
        Read();
    }

    public RealtimeAudioFormat InputFormat { get; private set; }

    public RealtimeAudioFormat OutputFormat { get; private set; }

    public TurnDetection Turns { get; private set; } = new TurnDetection.Manual();

    public InputTranscription? Transcription { get; private set; }

    public ResponseModality Modality { get; private set; }

    public int? MaxOutputTokens { get; private set; }

    public double Speed { get; private set; } = 1;

    public ModelConfiguration Model { get; private set; } = new();

    /// <summary>Instructions and tools as one text: what the prompt cache compares.</summary>
    public string PromptPrefix { get; private set; } = "";

    public JsonNode ToJson() => _session.DeepClone();

    public JsonNode AudioOutputJson() => new JsonObject
    {
        ["output"] = new JsonObject
        {
            ["format"] = _session["audio"]!["output"]!["format"]!.DeepClone(),
            ["voice"] = _session["audio"]!["output"]!["voice"]?.DeepClone(),
        },
    };

    public JsonNode MaxOutputTokensJson() => _session["max_output_tokens"]!.DeepClone();

    /// <summary>Applies an update whole or not at all.</summary>
    /// <param name="update">The client's <c>session</c>.</param>
    /// <param name="hasSpoken">Whether audio was sent already, which fixes the voice.</param>
    /// <exception cref="ProtocolException">Something in it is not allowed.</exception>
    public void Apply(JsonElement update, bool hasSpoken)
    {
        SessionRules.Check(update);
        if (hasSpoken && VoiceOf(update) is { } voice && voice != Model.Voice)
        {
            throw new ProtocolException(new ProtocolError(
                "cannot_update_voice", "Cannot update a conversation's voice if assistant audio is present.", "session.audio.output.voice"));
        }

        if (update.TryGetProperty("model", out var model) && model.GetString() != (string?)_session["model"])
        {
            throw new ProtocolException(ProtocolError.InvalidValue("session.model", "The model cannot change after the session has started."));
        }

        foreach (var member in update.EnumerateObject())
        {
            if (member.Name == "audio")
            {
                MergeAudio(member.Value);
            }
            else
            {
                _session[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }

        Read();
    }

    private static JsonObject VadDefaults() => new()
    {
        ["type"] = "server_vad",
        ["threshold"] = 0.5,
        ["prefix_padding_ms"] = 300,
        ["silence_duration_ms"] = 500,
        ["idle_timeout_ms"] = null,
        ["create_response"] = true,
        ["interrupt_response"] = true,
    };

    private static string? VoiceOf(JsonElement update) =>
        update.TryGetProperty("audio", out var audio) && audio.TryGetProperty("output", out var output)
        && output.TryGetProperty("voice", out var voice)
            ? voice.ValueKind == JsonValueKind.Object ? voice.GetProperty("id").GetString() : voice.GetString()
            : null;

    private void MergeAudio(JsonElement audio)
    {
        foreach (var side in audio.EnumerateObject())
        {
            var target = (JsonObject)_session["audio"]![side.Name]!;
            foreach (var member in side.Value.EnumerateObject())
            {
                var value = JsonNode.Parse(member.Value.GetRawText());
                target[member.Name] = member.Name == "turn_detection" && value is JsonObject vad ? WithVadDefaults(vad) : value;
            }
        }
    }

    private static JsonObject WithVadDefaults(JsonObject vad)
    {
        if ((string?)vad["type"] == "semantic_vad")
        {
            vad["eagerness"] ??= "auto";
            vad["create_response"] ??= true;
            vad["interrupt_response"] ??= true;
            return vad;
        }

        var whole = VadDefaults();
        foreach (var (name, value) in vad)
        {
            whole[name] = value?.DeepClone();
        }

        return whole;
    }

    private void Read()
    {
        var input = _session["audio"]!["input"]!;
        var output = _session["audio"]!["output"]!;
        InputFormat = Format(input["format"]!);
        OutputFormat = Format(output["format"]!);
        Transcription = input["transcription"] is JsonObject transcription
            ? new InputTranscription((string?)transcription["model"] ?? "", (string?)transcription["language"], (string?)transcription["prompt"])
            : null;
        Turns = Detection(input["turn_detection"] as JsonObject);
        Modality = (string?)_session["output_modalities"]![0] == "text" ? ResponseModality.Text : ResponseModality.Audio;
        MaxOutputTokens = _session["max_output_tokens"] is JsonValue limit && limit.TryGetValue<int>(out var tokens) ? tokens : null;
        Speed = output["speed"]?.GetValue<double>() ?? 1;
        Model = new ModelConfiguration
        {
            Instructions = (string?)_session["instructions"] ?? "",
            Tools = SessionRules.Tools(_session["tools"] as JsonArray),
            ToolChoice = SessionRules.ToolChoice(_session["tool_choice"]),
            Voice = output["voice"] is JsonObject custom ? (string?)custom["id"] ?? "" : (string?)output["voice"] ?? "",
            Language = Transcription?.Language,
            TranscriptionPrompt = Transcription?.Prompt,
        };
        PromptPrefix = Model.Instructions + "\n" + _session["tools"]!.ToJsonString();
    }

    private static RealtimeAudioFormat Format(JsonNode format) => (string?)format["type"] switch
    {
        "audio/pcmu" => RealtimeAudioFormat.Pcmu,
        "audio/pcma" => RealtimeAudioFormat.Pcma,
        _ => RealtimeAudioFormat.Pcm24k,
    };

    private static TurnDetection Detection(JsonObject? turns) => (string?)turns?["type"] switch
    {
        null => new TurnDetection.Manual(),
        "semantic_vad" => new TurnDetection.SemanticVad
        {
            Eagerness = (string?)turns["eagerness"] ?? "auto",
            CreateResponse = (bool?)turns["create_response"] ?? true,
            InterruptResponse = (bool?)turns["interrupt_response"] ?? true,
        },
        _ => new TurnDetection.ServerVad
        {
            Threshold = turns["threshold"]?.GetValue<double>() ?? 0.5,
            PrefixPaddingMs = turns["prefix_padding_ms"]?.GetValue<int>() ?? 300,
            SilenceDurationMs = turns["silence_duration_ms"]?.GetValue<int>() ?? 500,
            IdleTimeoutMs = turns["idle_timeout_ms"]?.GetValue<int>(),
            CreateResponse = (bool?)turns["create_response"] ?? true,
            InterruptResponse = (bool?)turns["interrupt_response"] ?? true,
        },
    };
}
