using System.Collections.Frozen;
using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// Turns server events into <see cref="RealtimeEvent"/>s. One per session, used by its reading loop only. Audio takes a path without a
/// document: one pass over the bytes, one array per delta. What is unknown or broken is counted and left out, so a provider may add events.
/// Source: OpenAI Realtime server events (2026-08); beta names as emitted by older endpoints.
/// </summary>
internal sealed class ServerEvents
{
    /// <summary>Call ids remembered to report a call once; far above what a 60-minute session holds.</summary>
    private const int MaxCallIds = 4096;

    private static readonly FrozenDictionary<string, string> s_betaNames = new Dictionary<string, string>
    {
        ["response.audio.delta"] = "response.output_audio.delta",
        ["response.audio.done"] = "response.output_audio.done",
        ["response.audio_transcript.delta"] = "response.output_audio_transcript.delta",
        ["response.audio_transcript.done"] = "response.output_audio_transcript.done",
        ["response.text.delta"] = "response.output_text.delta",
        ["response.text.done"] = "response.output_text.done",
    }.ToFrozenDictionary();

    /// <summary>Known events that say nothing a session's user needs.</summary>
    private static readonly FrozenSet<string> s_silent = FrozenSet.ToFrozenSet(
    [
        "conversation.created", "conversation.item.done", "conversation.item.retrieved", "input_audio_buffer.cleared",
        "input_audio_buffer.dtmf_event_received", "conversation.item.input_audio_transcription.segment",
        "response.output_item.added", "response.content_part.added", "response.content_part.done",
        "response.function_call_arguments.delta", "response.function_call_arguments.done",
        "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done", "response.mcp_call.in_progress",
        "response.mcp_call.completed", "response.mcp_call.failed", "mcp_list_tools.in_progress", "mcp_list_tools.completed",
        "mcp_list_tools.failed", "output_audio_buffer.started", "output_audio_buffer.stopped", "output_audio_buffer.cleared",
    ]);

    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);
    private string? _lastAddedItemId;
    private long _unknown;
    private long _beta;
    private long _malformed;
    private long _duplicateCalls;
    private long _audioBytes;

    public long Unknown => Interlocked.Read(ref _unknown);

    public long BetaMapped => Interlocked.Read(ref _beta);

    public long Malformed => Interlocked.Read(ref _malformed);

    public long DuplicateCalls => Interlocked.Read(ref _duplicateCalls);

    public long AudioBytes => Interlocked.Read(ref _audioBytes);

    /// <summary>Event id of the client event that the last <see cref="ProviderError"/> refused; null when none.</summary>
    public string? RefusedEventId { get; private set; }

    /// <summary>Appends what <paramref name="utf8"/> says to <paramref name="happened"/>; none, one, or several events.</summary>
    public void Read(ReadOnlyMemory<byte> utf8, List<RealtimeEvent> happened)
    {
        try
        {
            if (AudioDeltaReader.TryRead(utf8.Span, out var type) is { } audio)
            {
                CountBeta(type);
                Interlocked.Add(ref _audioBytes, audio.Audio.Length);
                happened.Add(audio);
                return;
            }

            using var document = JsonDocument.Parse(utf8);
            Map(type ?? "", document.RootElement, happened);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            Interlocked.Increment(ref _malformed);
            RealtimeMetrics.UnknownEvents.Add(1);
        }
    }

    private void Map(string type, JsonElement body, List<RealtimeEvent> happened)
    {
        var name = CountBeta(type);
        if (s_silent.Contains(name))
        {
            return;
        }

        var mapped = name.StartsWith("response.", StringComparison.Ordinal)
            ? ResponseEvent(name, body, happened)
            : ConversationEvent(name, body, happened) || SessionEvent(name, body, happened);
        if (!mapped)
        {
            Interlocked.Increment(ref _unknown);
            RealtimeMetrics.UnknownEvents.Add(1);
        }
    }

    private string CountBeta(string? type)
    {
        if (type is null || !s_betaNames.TryGetValue(type, out var current))
        {
            return type ?? "";
        }

        Interlocked.Increment(ref _beta);
        return current;
    }

    private bool SessionEvent(string name, JsonElement body, List<RealtimeEvent> happened)
    {
        switch (name)
        {
            case "session.created":
                happened.Add(EventBodies.Ready(body.GetProperty("session")));
                return true;
            case "session.updated":
                happened.Add(new SessionConfigured());
                return true;
            case "rate_limits.updated":
                happened.Add(new RateLimitsChanged(EventBodies.Limits(body.GetProperty("rate_limits"))));
                return true;
            case "error":
                var error = body.GetProperty("error");
                RefusedEventId = error.Text("event_id");
                happened.Add(EventBodies.Error(error, ClientMessages.VerbOf(RefusedEventId)));
                return true;
            default:
                return false;
        }
    }

    private bool ConversationEvent(string name, JsonElement body, List<RealtimeEvent> happened)
    {
        RealtimeEvent? mapped = name switch
        {
            "input_audio_buffer.speech_started" => new SpeechStarted(body.Int("audio_start_ms"), body.Required("item_id")),
            "input_audio_buffer.speech_stopped" => new SpeechStopped(body.Int("audio_end_ms"), body.Required("item_id")),
            "input_audio_buffer.timeout_triggered" => new InputTimedOut(body.Required("item_id")),
            "input_audio_buffer.committed" => new InputCommitted(body.Required("item_id"), body.Text("previous_item_id")),
            "conversation.item.input_audio_transcription.delta" =>
                new CallerTranscriptDelta(body.Required("item_id"), body.Text("delta") ?? ""),
            "conversation.item.input_audio_transcription.completed" =>
                new CallerTranscriptDone(body.Required("item_id"), body.Text("transcript") ?? "", UsageJson.Transcription(body)),
            "conversation.item.input_audio_transcription.failed" => EventBodies.TranscriptFailed(body),
            "conversation.item.truncated" =>
                new ItemTruncated(body.Required("item_id"), body.Int("content_index"), body.Int("audio_end_ms")),
            "conversation.item.deleted" => new ItemDeleted(body.Required("item_id")),
            _ => null,
        };
        if (mapped is not null)
        {
            happened.Add(mapped);
            return true;
        }

        if (name is not ("conversation.item.added" or "conversation.item.created"))
        {
            return false;
        }

        AddItem(name, body, happened);
        return true;
    }

    // GA sends "created" after "added" for old clients; the beta sent "created" alone.
    private void AddItem(string name, JsonElement body, List<RealtimeEvent> happened)
    {
        var item = body.GetProperty("item");
        var id = item.Required("id");
        if (name == "conversation.item.created")
        {
            if (id == _lastAddedItemId)
            {
                return;
            }

            Interlocked.Increment(ref _beta);
        }

        _lastAddedItemId = id;
        happened.Add(new ItemAdded(id, body.Text("previous_item_id"), item.Text("type") ?? "message", item.Text("role")));
    }

    private bool ResponseEvent(string name, JsonElement body, List<RealtimeEvent> happened)
    {
        RealtimeEvent? mapped = name switch
        {
            "response.created" => EventBodies.Started(body.GetProperty("response")),
            "response.output_audio.done" =>
                new AudioDone(body.Required("response_id"), body.Required("item_id"), body.Int("content_index")),
            "response.output_audio_transcript.delta" =>
                new AssistantTranscriptDelta(body.Required("response_id"), body.Required("item_id"), body.Text("delta") ?? ""),
            "response.output_audio_transcript.done" =>
                new AssistantTranscriptDone(body.Required("response_id"), body.Required("item_id"), body.Text("transcript") ?? ""),
            "response.output_text.delta" => new TextDelta(body.Required("response_id"), body.Required("item_id"), body.Text("delta") ?? ""),
            "response.output_text.done" => new TextDone(body.Required("response_id"), body.Required("item_id"), body.Text("text") ?? ""),
            _ => null,
        };
        if (mapped is not null)
        {
            happened.Add(mapped);
            return true;
        }

        switch (name)
        {
            case "response.output_item.done":
                AddToolCall(body.Required("response_id"), body.GetProperty("item"), CallSource.ItemDone, happened);
                return true;
            case "response.done":
                Ended(body.GetProperty("response"), happened);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A call counts when its item is whole: arguments of an interrupted answer are cut text.</summary>
    private void AddToolCall(string responseId, JsonElement item, CallSource source, List<RealtimeEvent> happened)
    {
        if (item.Text("type") != "function_call" || item.Text("status") is not (null or "completed"))
        {
            return;
        }

        var callId = item.Required("call_id");
        if (_callIds.Count >= MaxCallIds || !_callIds.Add(callId))
        {
            if (source == CallSource.ItemDone)
            {
                Interlocked.Increment(ref _duplicateCalls);
            }

            return;
        }

        happened.Add(new ToolCallRequested(
            responseId, item.Text("id") ?? "", callId, item.Required("name"), item.Text("arguments") ?? ""));
    }

    private void Ended(JsonElement response, List<RealtimeEvent> happened)
    {
        var id = response.Required("id");
        var status = response.Text("status") switch
        {
            "cancelled" => ResponseStatus.Cancelled,
            "failed" => ResponseStatus.Failed,
            "incomplete" => ResponseStatus.Incomplete,
            _ => ResponseStatus.Completed,
        };

        // The list repeats every item; it matters only to endpoints that leave out output_item.done.
        if (status == ResponseStatus.Completed && response.TryGetProperty("output", out var output) && output.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in output.EnumerateArray())
            {
                AddToolCall(id, item, CallSource.ResponseDone, happened);
            }
        }

        var details = response.Object("status_details");
        var error = details?.Object("error") is { } failure ? EventBodies.Error(failure, null) : null;
        if (status == ResponseStatus.Failed)
        {
            error ??= new ProviderError(ProviderErrorKind.Retriable, ErrorKinds.Unknown, "The provider gave no reason.");
        }

        happened.Add(new ResponseEnded(id, status, details?.Text("reason"), UsageJson.Response(response), error));
    }

    private enum CallSource
    {
        ItemDone,
        ResponseDone,
    }
}
