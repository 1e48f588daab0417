using System.Collections.Frozen;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>One session from upgrade to close: reads client events, hands each to its part under one gate, watches the clock.</summary>
internal sealed class SimulatedSession
{
    private const int GoodbyeMs = 2_000;
    private const int MaxEventIdLength = 512;
    private const int TypicalMessageBytes = 16 * 1024;
    private const string ExpiredSentence = "Your session hit the maximum duration of 60 minutes.";

    private static readonly FrozenDictionary<string, Action<SimulatedSession, JsonElement>> s_commands =
        new Dictionary<string, Action<SimulatedSession, JsonElement>>
        {
            ["session.update"] = (session, body) => session.Update(body),
            ["input_audio_buffer.append"] = (session, body) => session.Append(body),
            ["input_audio_buffer.commit"] = (session, _) => session._turns.Commit(),
            ["input_audio_buffer.clear"] = (session, _) => session._turns.Clear(),
            ["conversation.item.create"] = (session, body) => session._items.Create(body),
            ["conversation.item.retrieve"] = (session, body) => session._items.Retrieve(body),
            ["conversation.item.truncate"] = (session, body) => session._items.Truncate(body),
            ["conversation.item.delete"] = (session, body) => session._items.Delete(body),
            ["response.create"] = (session, body) => session.CreateResponse(body),
            ["response.cancel"] = (session, body) => session._responses.Cancel(body.Text("response_id")),
        }.ToFrozenDictionary();

    private readonly WebSocket _socket;
    private readonly SessionContext _context;
    private readonly CallerTurns _turns;
    private readonly Responses _responses;
    private readonly ItemCommands _items;
    private readonly ModelGate _model;
    private readonly CancellationTokenSource _ended;

    public SimulatedSession(WebSocket socket, SessionContext context, CancellationTokenSource ended)
    {
        _socket = socket;
        _context = context;
        _ended = ended;
        _model = new ModelGate(context.Model);
        _responses = new Responses(context, _model);
        _turns = new CallerTurns(context, _responses);
        _items = new ItemCommands(context, _turns, _responses);
    }

    public string Id => _context.SessionId;

    /// <summary>Closes with a close frame behind what was sent so far.</summary>
    public void CloseByFault(int closeCode, string reason) => _context.Outbox.Close(closeCode, reason);

    public void Resume() => _context.Outbox.Resume();

    /// <summary>Ends the session as at its cap.</summary>
    public void Expire()
    {
        lock (_context.Gate)
        {
            _context.EmitError(new ProtocolError("session_expired", ExpiredSentence));
            _context.Outbox.Close((int)WebSocketCloseStatus.EndpointUnavailable, ExpiredSentence);
        }
    }

    public async Task RunAsync()
    {
        var sending = _context.Outbox.RunAsync(_ended.Token);
        Begin();
        var watching = WatchAsync();
        var reading = ReadAsync();
        await Task.WhenAny(sending, reading);
        if (reading.IsCompleted)
        {
            // The client said goodbye or is gone; a close frame behind the rest is the answer.
            _context.Outbox.Close((int)WebSocketCloseStatus.NormalClosure, "");
        }

        await WaitForGoodbyeAsync(sending, reading);
        await _ended.CancelAsync();
        _socket.Abort();
        await Task.WhenAll(sending, reading, watching);
        lock (_context.Gate)
        {
            _responses.StopIdleTimer();
        }

        await _context.Model.DisposeAsync();
    }

    private void Begin()
    {
        lock (_context.Gate)
        {
            _turns.Configure();
            _model.Configure(_context.Config.Model);
            if (_context.Faults.SilentStart)
            {
                _context.Outbox.Pause();
            }

            _context.Emit("session.created", new JsonObject { ["session"] = _context.Config.ToJson() });
            _context.Emit("conversation.created", new JsonObject
            {
                ["conversation"] = new JsonObject { ["id"] = _context.Conversation.Id, ["object"] = "realtime.conversation" },
            });
        }
    }

    private async Task WaitForGoodbyeAsync(Task sending, Task reading)
    {
        try
        {
            await Task.WhenAll(sending, reading).WaitAsync(TimeSpan.FromMilliseconds(GoodbyeMs), _context.Time);
        }
        catch (TimeoutException)
        {
            // The client does not answer the close frame; the connection is cut.
        }
    }

    private async Task WatchAsync()
    {
        var faults = _context.Faults;
        try
        {
            if (faults.CloseAfterMs is { } closeMs)
            {
                await _context.DelayAsync(closeMs, _ended.Token);
                CloseByFault(faults.CloseCode, faults.CloseReason);
                return;
            }

            await _context.DelayAsync(faults.ExpireAfterMs ?? _context.Options.SessionSeconds * 1000, _ended.Token);
            Expire();
        }
        catch (OperationCanceledException)
        {
            // The session was over first.
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[TypicalMessageBytes];
        var length = 0;
        var isGivenUp = false;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), _ended.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                if (isGivenUp)
                {
                    // Read on and forget: a connection cut with unread data would lose the close frame.
                    continue;
                }

                length += received.Count;
                if (received.EndOfMessage)
                {
                    Handle(received.MessageType, buffer.AsMemory(0, length));
                    length = 0;
                }
                else if (length >= _context.Options.MaxMessageBytes)
                {
                    CloseByFault((int)WebSocketCloseStatus.MessageTooBig, $"A message has at most {_context.Options.MaxMessageBytes} bytes.");
                    isGivenUp = true;
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(length * 2, _context.Options.MaxMessageBytes));
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            _context.Logger.LogDebug("Connection of session {SessionId} ended: {Kind}", Id, failure.GetType().Name);
        }
    }

    private void Handle(WebSocketMessageType kind, ReadOnlyMemory<byte> message)
    {
        string? eventId = null;
        try
        {
            if (kind != WebSocketMessageType.Text)
            {
                throw new ProtocolException(new ProtocolError("invalid_event", "Events are text messages with JSON."));
            }

            using var document = JsonDocument.Parse(message);
            eventId = document.RootElement.Text("event_id");
            lock (_context.Gate)
            {
                Dispatch(document.RootElement, eventId);
            }
        }
        catch (JsonException)
        {
            Refuse(new ProtocolError("invalid_event", "The event is not valid JSON."), null);
        }
        catch (Exception refused) when (refused is FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            Refuse(new ProtocolError("invalid_value", "A member of the event has a value of the wrong kind."), eventId);
        }
        catch (ProtocolException refused)
        {
            Refuse(refused.Error, eventId);
        }
    }

    private void Dispatch(JsonElement body, string? eventId)
    {
        if (eventId is { Length: > MaxEventIdLength })
        {
            throw new ProtocolException(new ProtocolError(
                "string_above_max_length", $"An event_id has at most {MaxEventIdLength} characters.", "event_id"));
        }

        var type = body.Text("type") ?? throw new ProtocolException(ProtocolError.Missing("type"));
        if (!s_commands.TryGetValue(type, out var command))
        {
            throw new ProtocolException(ProtocolError.InvalidValue(
                "type", $"Invalid value: '{type}'. Supported values are: {string.Join(", ", s_commands.Keys.Order().Select(name => $"'{name}'"))}."));
        }

        command(this, body);
    }

    private void Refuse(ProtocolError error, string? eventId)
    {
        lock (_context.Gate)
        {
            _context.EmitError(error, eventId);
        }
    }

    private void Update(JsonElement body)
    {
        if (!body.TryGetProperty("session", out var session))
        {
            throw new ProtocolException(ProtocolError.Missing("session"));
        }

        _context.Config.Apply(session, _context.HasSpoken);
        _turns.Configure();
        _model.Configure(_context.Config.Model);
        _context.Emit("session.updated", new JsonObject { ["session"] = _context.Config.ToJson() });
    }

    private void Append(JsonElement body)
    {
        if (!body.TryGetProperty("audio", out var audio) || audio.ValueKind != JsonValueKind.String)
        {
            throw new ProtocolException(ProtocolError.Missing("audio"));
        }

        if (!audio.TryGetBytesFromBase64(out var bytes))
        {
            throw new ProtocolException(ProtocolError.InvalidValue(
                "audio", "Invalid 'audio'. Expected base64-encoded audio bytes of the session's input format."));
        }

        _turns.Append(bytes);
    }

    private void CreateResponse(JsonElement body)
    {
        var request = body.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
            ? ResponseRequest.Read(response, _context.Config, _items.Read)
            : ResponseRequest.FromSession(_context.Config);
        _responses.Create(request);
    }
}
