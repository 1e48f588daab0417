using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Client events about items: create, retrieve, truncate, delete. Under the session's gate.</summary>
internal sealed class ItemCommands(SessionContext context, CallerTurns turns, Responses responses)
{
    private const int MaxItemIdLength = 32;

    public void Create(JsonElement body)
    {
        if (!body.TryGetProperty("item", out var json) || json.ValueKind != JsonValueKind.Object)
        {
            throw new ProtocolException(ProtocolError.Missing("item"));
        }

        var item = Read(json);
        if (item.Kind == ItemKind.Output && !context.Conversation.HasCall(item.CallId))
        {
            throw new ProtocolException(new ProtocolError(
                "invalid_tool_call_id", $"Tool call ID '{item.CallId}' not found in conversation.", "item.call_id"));
        }

        context.AddItem(item, body.Text("previous_item_id"));
        if (item.Kind == ItemKind.Output && context.Faults.RespondToToolOutput)
        {
            responses.CreateAfterTurn();
        }
    }

    public void Retrieve(JsonElement body)
    {
        var item = Find(body, "retrieve");
        context.Emit("conversation.item.retrieved", new JsonObject { ["item"] = item.ToJson() });
    }

    public void Delete(JsonElement body)
    {
        var item = Find(body, "delete");
        context.Conversation.Remove(item.Id);
        context.Emit("conversation.item.deleted", new JsonObject { ["item_id"] = item.Id });
    }

    public void Truncate(JsonElement body)
    {
        var item = Find(body, "truncate");
        var contentIndex = body.RequiredInt("content_index");
        var audioEndMs = body.RequiredInt("audio_end_ms");
        if (!item.IsSpoken || item.AudioMs == 0 || contentIndex != 0)
        {
            throw new ProtocolException(new ProtocolError(
                "unsupported_content_type", "Only model output audio messages can be truncated", "item_id"));
        }

        var lengthMs = item.CutAtMs ?? item.AudioMs;
        if (audioEndMs < 0 || audioEndMs > lengthMs)
        {
            throw new ProtocolException(ProtocolError.InvalidValue(
                "audio_end_ms", $"Audio content of {lengthMs}ms is already shorter than {audioEndMs}ms"));
        }

        item.CutAtMs = audioEndMs;
        item.Text.Clear();
        context.Emit("conversation.item.truncated", new JsonObject
        {
            ["item_id"] = item.Id,
            ["content_index"] = contentIndex,
            ["audio_end_ms"] = audioEndMs,
        });
    }

    /// <summary>Reads an item of a client, for the conversation or as input of one answer.</summary>
    /// <exception cref="ProtocolException">Something in it is not allowed.</exception>
    public Item Read(JsonElement json)
    {
        var id = json.Text("id");
        if (id is { Length: > MaxItemIdLength })
        {
            throw new ProtocolException(new ProtocolError(
                "string_above_max_length",
                $"Invalid 'item.id': string too long. Expected a string with maximum length {MaxItemIdLength}, but got a string with length {id.Length} instead.",
                "item.id"));
        }

        var type = json.Required("type", "item.type");
        id ??= type == "item_reference" ? json.Required("id", "item.id") : context.Ids.Next("item");
        return type switch
        {
            "message" => ReadMessage(json, id),
            "function_call" => new Item(id, ItemKind.Call)
            {
                Role = ConversationRole.Assistant,
                CallId = json.Required("call_id", "item.call_id"),
                Name = json.Required("name", "item.name"),
                Arguments = json.Text("arguments") ?? "{}",
                IsAnswered = true,
            },
            "function_call_output" => new Item(id, ItemKind.Output)
            {
                CallId = json.Required("call_id", "item.call_id"),
                Output = json.Required("output", "item.output"),
            },
            "item_reference" => context.Conversation.Find(id) ?? throw Unknown("retrieve", id),
            _ => throw new ProtocolException(ProtocolError.InvalidValue("item.type", $"Invalid value: '{type}'.")),
        };
    }

    private Item ReadMessage(JsonElement json, string id)
    {
        var role = json.Required("role", "item.role") switch
        {
            "user" => ConversationRole.User,
            "assistant" => ConversationRole.Assistant,
            "system" => ConversationRole.System,
            var other => throw new ProtocolException(ProtocolError.InvalidValue("item.role", $"Invalid value: '{other}'.")),
        };
        if (!json.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
        {
            throw new ProtocolException(ProtocolError.Missing("item.content"));
        }

        Item? item = null;
        foreach (var (index, part) in content.EnumerateArray().Index())
        {
            var type = part.Required("type", $"item.content[{index}].type");
            if (type == "input_audio" && role == ConversationRole.User)
            {
                return Spoken(part, id);
            }

            var expected = role == ConversationRole.Assistant ? "output_text" : "input_text";
            if (type != expected)
            {
                throw new ProtocolException(ProtocolError.InvalidValue(
                    $"item.content[{index}].type", $"Invalid value: '{type}'. Supported values are: '{expected}'."));
            }

            item ??= new Item(id, ItemKind.Message) { Role = role, IsAnswered = role == ConversationRole.Assistant };
            item.Text.Append(part.Required("text", $"item.content[{index}].text"));
        }

        return item ?? throw new ProtocolException(ProtocolError.Missing("item.content"));
    }

    private Item Spoken(JsonElement part, string id)
    {
        var text = part.Required("audio", "item.content[0].audio");
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            throw new ProtocolException(ProtocolError.InvalidValue("item.content[0].audio", "Invalid base64."));
        }

        var format = context.Config.InputFormat;
        var audio = new UserAudio
        {
            ItemId = id,
            Samples = InputAudio.Decode(format, bytes.AsSpan(0, length)),
            SampleRateHz = format.SampleRateHz(),
            Format = format,
            StartMs = 0,
        };
        return new Item(id, ItemKind.Message) { Audio = audio, Hearing = turns.HearAsync(audio) };
    }

    private Item Find(JsonElement body, string verb)
    {
        var id = body.Required("item_id");
        return context.Conversation.Find(id) ?? throw Unknown(verb, id);
    }

    private static ProtocolException Unknown(string verb, string id) => new(new ProtocolError(
        $"item_{verb}_invalid_item_id", $"Error {verb[..^1]}ing item: the item with id '{id}' does not exist.", "item_id"));
}
