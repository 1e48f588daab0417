using System.Text;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>One item of the conversation. Used under the session's gate.</summary>
internal sealed class Item(string id, ItemKind kind)
{
    public string Id { get; } = id;

    public ItemKind Kind { get; } = kind;

    public ConversationRole Role { get; init; } = ConversationRole.User;

    public string Status { get; set; } = "completed";

    /// <summary>Typed text, or the transcript of spoken words.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Whether the assistant spoke this rather than wrote it.</summary>
    public bool IsSpoken { get; init; }

    /// <summary>Milliseconds of assistant audio made so far; after a truncation, what was heard.</summary>
    public int AudioMs { get; set; }

    public int? CutAtMs { get; set; }

    /// <summary>The caller's audio.</summary>
    public UserAudio? Audio { get; init; }

    /// <summary>What was heard in <see cref="Audio"/>; set with it.</summary>
    public Task<Hearing>? Hearing { get; init; }

    public string CallId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Arguments { get; set; } = "";

    public string Output { get; init; } = "";

    /// <summary>Whether an answer has reacted to it.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>As the provider shows it: without audio bytes.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["id"] = Id, ["object"] = "realtime.item" };
        switch (Kind)
        {
            case ItemKind.Message:
                json["type"] = "message";
                json["status"] = Status;
                json["role"] = RoleName;
                json["content"] = Content();
                break;
            case ItemKind.Call:
                json["type"] = "function_call";
                json["status"] = Status;
                json["name"] = Name;
                json["call_id"] = CallId;
                json["arguments"] = Arguments;
                break;
            default:
                json["type"] = "function_call_output";
                json["call_id"] = CallId;
                json["output"] = Output;
                break;
        }

        return json;
    }

    public ModelItem ToModelItem(Hearing? heard) => Kind switch
    {
        ItemKind.Call => new ModelItem.Call(Id, CallId, Name, Arguments),
        ItemKind.Output => new ModelItem.CallOutput(Id, CallId, Output),
        _ when Audio is not null && heard is not null => new ModelItem.Spoken(Id, Audio, heard),
        _ => new ModelItem.Message(Id, Role, Text.ToString()) { CutAtMs = CutAtMs },
    };

    private string RoleName => Role switch
    {
        ConversationRole.User => "user",
        ConversationRole.Assistant => "assistant",
        _ => "system",
    };

    private JsonArray Content()
    {
        if (Audio is not null)
        {
            return [new JsonObject { ["type"] = "input_audio", ["transcript"] = Text.Length == 0 ? null : Text.ToString() }];
        }

        if (Role != ConversationRole.Assistant)
        {
            return [new JsonObject { ["type"] = "input_text", ["text"] = Text.ToString() }];
        }

        // An item just announced has no content yet.
        if (Status == "in_progress" && Text.Length == 0)
        {
            return [];
        }

        return IsSpoken
            ? [new JsonObject { ["type"] = "output_audio", ["transcript"] = CutAtMs is null ? Text.ToString() : null }]
            : [new JsonObject { ["type"] = "output_text", ["text"] = Text.ToString() }];
    }
}
