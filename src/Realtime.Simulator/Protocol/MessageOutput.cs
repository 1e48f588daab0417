using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>One assistant message as it grows, with the events the provider documents and in their order. Under the session's gate.</summary>
internal sealed class MessageOutput(SessionContext context, ResponseRequest request, string responseId, Item item, int outputIndex)
{
    private string? _before;
    private int _audioBytes;

    public void Open()
    {
        _before = context.Conversation.LastId;
        context.Emit("response.output_item.added", ItemEvent());
        if (!request.IsOutOfBand)
        {
            context.AddItem(item);
        }

        context.Emit("response.content_part.added", PartEvent(""));
    }

    public void Write(string word)
    {
        item.Text.Append(word);
        context.Emit("response.output_text.delta", Address("delta", word));
    }

    public void Transcribe(string word)
    {
        item.Text.Append(word);
        context.Emit("response.output_audio_transcript.delta", Address("delta", word));
    }

    public void Play(ReadOnlySpan<byte> audio)
    {
        _audioBytes += audio.Length;
        item.AudioMs = request.Format.DurationMs(_audioBytes);
        context.HasSpoken = true;
        context.EmitAudio(Address(), audio);
    }

    public void Close(string status)
    {
        var text = item.Text.ToString();
        item.Status = status;
        if (item.IsSpoken)
        {
            context.Emit("response.output_audio.done", Address());
            context.Emit("response.output_audio_transcript.done", Address("transcript", text));
        }
        else
        {
            context.Emit("response.output_text.done", Address("text", text));
        }

        context.Emit("response.content_part.done", PartEvent(text));
        context.Emit("response.output_item.done", ItemEvent());
        if (!request.IsOutOfBand)
        {
            context.AnnounceItem("conversation.item.done", item, _before);
        }
    }

    private JsonObject ItemEvent() => new()
    {
        ["response_id"] = responseId,
        ["output_index"] = outputIndex,
        ["item"] = item.ToJson(),
    };

    private JsonObject PartEvent(string text)
    {
        var happened = Address();
        happened["part"] = item.IsSpoken
            ? new JsonObject { ["type"] = "audio", ["transcript"] = text }
            : new JsonObject { ["type"] = "text", ["text"] = text };
        return happened;
    }

    private JsonObject Address(string? member = null, string? value = null)
    {
        var address = new JsonObject
        {
            ["response_id"] = responseId,
            ["item_id"] = item.Id,
            ["output_index"] = outputIndex,
            ["content_index"] = 0,
        };
        if (member is not null)
        {
            address[member] = value;
        }

        return address;
    }
}
