using System.Text.Json.Nodes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>The items of one answer as they grow: a message that is spoken or written, and function calls.</summary>
internal sealed class ResponseOutput(SessionContext context, ResponseRequest request, string responseId)
{
    private const int ArgumentsPieceLength = 24;
    private const int TranscriptLeadMs = 400;

    private readonly List<Item> _items = [];
    private readonly SpeechEncoder _encoder = new(request.Format);
    private MessageOutput? _message;
    private long _started;
    private int _audioBytes;
    private int _characters;
    private int _deltas;

    /// <summary>Whether <c>max_output_tokens</c> was reached.</summary>
    public bool IsOverLimit => request.MaxOutputTokens is { } limit && TextTokens + AudioTokens >= limit;

    public int TextTokens => TokenMeter.Text(_characters);

    public int AudioTokens => TokenMeter.AssistantAudio(AudioMs);

    public TimeSpan PlaybackLeft
    {
        get
        {
            var left = _started == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(AudioMs) - context.Time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private int AudioMs => request.Format.DurationMs(_audioBytes);

    public JsonArray ToJson() => [.. _items.Select(item => item.ToJson())];

    /// <summary>Says or writes; returns early when the answer is over. Not under the gate.</summary>
    public Task SayAsync(ModelAction.Say say, Func<bool> isOver, CancellationToken cancellationToken) =>
        request.Modality == ResponseModality.Text
            ? WriteAsync(say, isOver, cancellationToken)
            : SpeakAsync(say, isOver, cancellationToken);

    /// <summary>Announces a function call, whole. Under the gate.</summary>
    public void Call(ModelAction.CallFunction call)
    {
        Close("completed");
        var item = new Item(context.Ids.Next("item"), ItemKind.Call)
        {
            Role = ConversationRole.Assistant,
            CallId = context.Ids.Next("call"),
            Name = call.Name,
            Status = "in_progress",
            IsAnswered = true,
        };
        var index = _items.Count;
        _items.Add(item);
        var before = context.Conversation.LastId;
        EmitItem("response.output_item.added", index, item);
        if (!request.IsOutOfBand)
        {
            context.AddItem(item);
        }

        for (var at = 0; at < call.ArgumentsJson.Length; at += ArgumentsPieceLength)
        {
            var piece = call.ArgumentsJson.Substring(at, Math.Min(ArgumentsPieceLength, call.ArgumentsJson.Length - at));
            context.Emit("response.function_call_arguments.delta", CallAddress(item, index, "delta", piece));
        }

        item.Arguments = call.ArgumentsJson;
        item.Status = "completed";
        _characters += call.Name.Length + call.ArgumentsJson.Length;
        for (var times = context.Faults.DuplicateToolCalls ? 2 : 1; times > 0; times--)
        {
            var done = CallAddress(item, index, "arguments", call.ArgumentsJson);
            done["name"] = item.Name;
            context.Emit("response.function_call_arguments.done", done);
            EmitItem("response.output_item.done", index, item);
        }

        if (!request.IsOutOfBand)
        {
            context.AnnounceItem("conversation.item.done", item, before);
        }
    }

    /// <summary>Ends the message under way, if any. Under the gate.</summary>
    public void Close(string status)
    {
        _message?.Close(status);
        _message = null;
    }

    private async Task WriteAsync(ModelAction.Say say, Func<bool> isOver, CancellationToken cancellationToken)
    {
        foreach (var word in Words(Joined(say.Text)))
        {
            await context.DelayAsync(context.Faults.DeltaDelayMs, cancellationToken);
            lock (context.Gate)
            {
                if (isOver() || IsOverLimit)
                {
                    return;
                }

                Message().Write(word);
                _characters += word.Length;
                _deltas++;
            }

            ApplyFaults();
        }
    }

    private async Task SpeakAsync(ModelAction.Say say, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var voice = request.Configuration.Voice;
        var samples = await context.Voice.SpeakAsync(
            new SpeechRequest(say.Text, voice, say.Language ?? request.Configuration.Language, request.Speed), cancellationToken);
        var audio = _encoder.Encode(samples.Span);
        var step = context.Options.DeltaMs * request.Format.BytesPerMs();
        var lead = TranscriptLeadMs * request.Format.BytesPerMs();
        var words = new Queue<string>(Words(Joined(say.Text)));
        var wordsTotal = words.Count;
        for (var at = 0; at < audio.Length; at += step)
        {
            await PaceAsync(cancellationToken);
            lock (context.Gate)
            {
                if (isOver() || IsOverLimit)
                {
                    return;
                }

                var due = (int)Math.Ceiling(Math.Min(1.0, (at + lead) / (double)audio.Length) * wordsTotal);
                while (wordsTotal - words.Count < due && words.TryDequeue(out var word))
                {
                    Message().Transcribe(word);
                    _characters += word.Length;
                }

                var piece = audio.AsSpan(at, Math.Min(step, audio.Length - at));
                Message().Play(piece);
                _audioBytes += piece.Length;
                _deltas++;
            }

            ApplyFaults();
        }
    }

    private async Task PaceAsync(CancellationToken cancellationToken)
    {
        if (_started == 0)
        {
            _started = context.Time.GetTimestamp();
        }

        var due = TimeSpan.FromMilliseconds(AudioMs / context.Options.AudioSpeed);
        var wait = due - context.Time.GetElapsedTime(_started);
        wait = (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + TimeSpan.FromMilliseconds(context.Faults.DeltaDelayMs);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, context.Time, cancellationToken);
        }
    }

    private void ApplyFaults()
    {
        var faults = context.Faults;
        if (_deltas == faults.StallAfterDeltas)
        {
            context.Outbox.Pause();
        }

        if (_deltas == faults.CloseAfterDeltas)
        {
            context.Outbox.Close(faults.CloseCode, faults.CloseReason);
        }

        if (_deltas == faults.DropAfterDeltas)
        {
            context.Drop();
        }
    }

    private MessageOutput Message()
    {
        if (_message is null)
        {
            var item = new Item(context.Ids.Next("item"), ItemKind.Message)
            {
                Role = ConversationRole.Assistant,
                IsSpoken = request.Modality == ResponseModality.Audio,
                Status = "in_progress",
                IsAnswered = true,
            };
            _items.Add(item);
            _message = new MessageOutput(context, request, responseId, item, _items.Count - 1);
            _message.Open();
        }

        return _message;
    }

    private void EmitItem(string type, int index, Item item) => context.Emit(type, new JsonObject
    {
        ["response_id"] = responseId,
        ["output_index"] = index,
        ["item"] = item.ToJson(),
    });

    private JsonObject CallAddress(Item item, int index, string member, string value) => new()
    {
        ["response_id"] = responseId,
        ["item_id"] = item.Id,
        ["output_index"] = index,
        ["call_id"] = item.CallId,
        [member] = value,
    };

    // One message is one text, however many sentences the brain made it of.
    private string Joined(string text) => _message is null ? text : " " + text;

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ' ')
            {
                yield return text[start..i];
                start = i;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
