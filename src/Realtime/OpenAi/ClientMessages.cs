using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Writes the client events of the GA protocol by hand, because the package's typed model lacks <c>reasoning</c>,
/// <c>parallel_tool_calls</c> and the newer transcription fields. Every message carries an <c>event_id</c> that names its verb, so an
/// error can say what caused it. Source: OpenAI Realtime client events (2026-08).
/// </summary>
internal sealed class ClientMessages
{
    public const int MaxTextLength = 32_768;
    public const int MaxOutputLength = 131_072;
    public const int MaxItemIdLength = 32;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _count;

    /// <summary>The verb inside an event id made here; null for foreign ids.</summary>
    public static string? VerbOf(string? eventId)
    {
        if (eventId is null || !eventId.StartsWith("vo.", StringComparison.Ordinal))
        {
            return null;
        }

        var dot = eventId.IndexOf('.', 3);
        return dot < 0 ? null : eventId[(dot + 1)..];
    }

    public byte[] SessionUpdate(SessionSettings settings, out string eventId)
    {
        var id = eventId = NextId("session.update");
        return Write("session.update", id, json => SessionJson.Write(json, settings));
    }

    public byte[] Commit() => Write("input_audio_buffer.commit");

    public byte[] Clear() => Write("input_audio_buffer.clear");

    public byte[] CreateText(ConversationRole role, string text, string? itemId)
    {
        Check(text.Length is > 0 and <= MaxTextLength, $"A text has 1 to {MaxTextLength} characters.");
        Check(itemId is null || itemId.Length is > 0 and <= MaxItemIdLength, $"An item id has 1 to {MaxItemIdLength} characters.");
        return Write("conversation.item.create", json =>
        {
            json.WriteStartObject("item");
            json.WriteString("type", "message");
            WriteOptional(json, "id", itemId);
            json.WriteString("role", RoleName(role));
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("type", role == ConversationRole.Assistant ? "output_text" : "input_text");
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public byte[] ToolOutput(string callId, string output)
    {
        Check(callId.Length is > 0 and <= 512, "A call id has 1 to 512 characters.");
        Check(output.Length <= MaxOutputLength, $"A tool's output has at most {MaxOutputLength} characters.");
        return Write("conversation.item.create", json =>
        {
            json.WriteStartObject("item");
            json.WriteString("type", "function_call_output");
            json.WriteString("call_id", callId);
            json.WriteString("output", output);
            json.WriteEndObject();
        });
    }

    public byte[] CreateResponse(ResponseOptions options)
    {
        Check(options.Metadata is null or { Count: <= 16 }, "A response has at most 16 pairs of metadata.");
        return Write("response.create", json =>
        {
            json.WriteStartObject("response");
            WriteOptional(json, "instructions", options.Instructions);
            SessionJson.WriteToolChoice(json, options.ToolChoice);
            SessionJson.WriteModality(json, options.Modality);
            if (options.MaxOutputTokens is { } tokens)
            {
                json.WriteNumber("max_output_tokens", tokens);
            }

            if (options.Scope == ResponseScope.OutOfBand)
            {
                json.WriteString("conversation", "none");
            }

            if (options.Metadata is { } metadata)
            {
                json.WriteStartObject("metadata");
                foreach (var (key, value) in metadata)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    public byte[] CancelResponse(string? responseId) =>
        Write("response.cancel", json => WriteOptional(json, "response_id", responseId));

    public byte[] Truncate(string itemId, int contentIndex, int audioEndMs)
    {
        Check(itemId.Length > 0, "An item id is needed.");
        Check(contentIndex >= 0 && audioEndMs >= 0, "An index and a time are 0 or more.");
        return Write("conversation.item.truncate", json =>
        {
            json.WriteString("item_id", itemId);
            json.WriteNumber("content_index", contentIndex);
            json.WriteNumber("audio_end_ms", audioEndMs);
        });
    }

    public byte[] DeleteItem(string itemId)
    {
        Check(itemId.Length > 0, "An item id is needed.");
        return Write("conversation.item.delete", json => json.WriteString("item_id", itemId));
    }

    internal static void Check(bool fits, string sentence)
    {
        if (!fits)
        {
            throw new RealtimeException(ProviderErrorKind.Bug, RealtimeErrorCodes.InvalidArgument, sentence);
        }
    }

    private static string RoleName(ConversationRole role) => role switch
    {
        ConversationRole.User => "user",
        ConversationRole.Assistant => "assistant",
        _ => "system",
    };

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private string NextId(string verb) => $"vo.{Interlocked.Increment(ref _count)}.{verb}";

    private byte[] Write(string verb, Action<Utf8JsonWriter>? body = null) => Write(verb, NextId(verb), body);

    private static byte[] Write(string verb, string eventId, Action<Utf8JsonWriter>? body)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("type", verb);
            json.WriteString("event_id", eventId);
            body?.Invoke(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
