using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>
/// One session over one socket. Two loops: <see cref="SendQueue"/> writes, <see cref="SessionReading"/> reads; this class is the verbs and the end.
/// </summary>
internal sealed class OpenAiSession : IRealtimeSession
{
    private readonly OpenAiRealtimeOptions _options;
    private readonly TimeProvider _time;
    private readonly OpenAiSocket _socket;
    private readonly SendQueue _queue;
    private readonly ClientMessages _messages = new();
    private readonly SessionReading _reading;
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _closing = new();
    private readonly Lock _configuring = new();
    private Task _loops = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private Task? _close;

    public OpenAiSession(OpenAiSocket socket, RealtimeCapabilities capabilities, OpenAiRealtimeOptions options, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _options = options;
        _time = time;
        Capabilities = capabilities;
        _queue = new SendQueue(options.MaxQueuedAudioFrames, options.MaxQueuedVerbs);
        _reading = new SessionReading(socket.WebSocket, options, logger);
    }

    public string SessionId { get; private set; } = "";

    public RealtimeCapabilities Capabilities { get; }

    public ChannelReader<RealtimeEvent> Events => _reading.Events;

    public RealtimeSessionStats Stats => new()
    {
        MessagesSent = _queue.MessagesSent,
        MessagesReceived = _reading.MessagesReceived,
        AudioBytesSent = _queue.AudioBytesSent,
        AudioBytesReceived = _reading.Server.AudioBytes,
        AudioFramesDropped = _queue.FramesDropped,
        VerbsRefused = _queue.VerbsRefused,
        UnknownEvents = _reading.Server.Unknown,
        BetaEventsMapped = _reading.Server.BetaMapped,
        MalformedEvents = _reading.Server.Malformed,
        DuplicateToolCalls = _reading.Server.DuplicateCalls,
    };

    /// <summary>Starts the loops and waits for the provider's first event.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RealtimeMetrics.SessionsOpen.Add(1);
        _loops = RunAsync();
        var ready = await _reading.Ready.WaitAsync(cancellationToken);
        SessionId = ready.SessionId;
    }

    public async Task ConfigureAsync(SessionSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var message = _messages.SessionUpdate(settings, out var eventId);
        var confirmed = SendAndExpectAsync(message, eventId);
        try
        {
            await confirmed.WaitAsync(TimeSpan.FromSeconds(_options.ConfigureTimeoutSeconds), _time, cancellationToken);
        }
        catch (TimeoutException failure)
        {
            throw new RealtimeException(
                ProviderErrorKind.Retriable, RealtimeErrorCodes.ConfigureTimeout, "The provider did not confirm the settings in time.", failure);
        }
    }

    public bool AppendAudio(ReadOnlySpan<byte> audio)
    {
        ClientMessages.Check(
            audio.Length is > 0 and <= SendQueue.MaxAudioFrameBytes, $"An audio frame has 1 to {SendQueue.MaxAudioFrameBytes} bytes.");
        return _queue.TryAppend(audio);
    }

    public ValueTask CommitAudioAsync(CancellationToken cancellationToken = default) => SendAsync(_messages.Commit(), cancellationToken);

    public ValueTask ClearAudioAsync(CancellationToken cancellationToken = default) => SendAsync(_messages.Clear(), cancellationToken);

    public ValueTask SendUserTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAsync(_messages.CreateText(ConversationRole.User, text, itemId), cancellationToken);
    }

    public ValueTask SendSystemTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAsync(_messages.CreateText(ConversationRole.System, text, itemId), cancellationToken);
    }

    public async ValueTask SeedAsync(IReadOnlyList<SeedItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            await SendAsync(_messages.CreateText(item.Role, item.Text, item.ItemId), cancellationToken);
        }
    }

    public ValueTask SendToolOutputAsync(string callId, string output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(output);
        return SendAsync(_messages.ToolOutput(callId, output), cancellationToken);
    }

    public ValueTask CreateResponseAsync(ResponseOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(_messages.CreateResponse(options ?? ResponseOptions.Default), cancellationToken);

    public ValueTask CancelResponseAsync(string? responseId = null, CancellationToken cancellationToken = default) =>
        SendAsync(_messages.CancelResponse(responseId), cancellationToken);

    public ValueTask TruncateAsync(string itemId, int contentIndex, int audioEndMs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(itemId);
        return SendAsync(_messages.Truncate(itemId, contentIndex, audioEndMs), cancellationToken);
    }

    public ValueTask DeleteItemAsync(string itemId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(itemId);
        return SendAsync(_messages.DeleteItem(itemId), cancellationToken);
    }

    public Task CloseAsync(CancellationToken cancellationToken = default)
    {
        lock (_closing)
        {
            _close ??= CloseOnceAsync();
            return _close.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends a session that never became one, without waiting for a peer that may be silent.</summary>
    public async Task AbandonAsync()
    {
        await _abort.CancelAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _socket.Dispose();
        _abort.Dispose();
    }

    // Confirmations come in the order of sending, so the two must be one step.
    private Task SendAndExpectAsync(byte[] message, string eventId)
    {
        lock (_configuring)
        {
            var confirmed = _reading.Confirmations.ExpectAsync(eventId);
            try
            {
                _queue.Send(message);
            }
            catch (RealtimeException)
            {
                _reading.Confirmations.Withdraw(eventId);
                throw;
            }

            return confirmed;
        }
    }

    private ValueTask SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _queue.Send(message);
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync()
    {
        _sending = Task.Run(() => _queue.RunAsync(_socket.WebSocket, _abort.Token), CancellationToken.None);
        await Task.Run(() => _reading.RunAsync(_abort.Token), CancellationToken.None);
        _queue.Complete();
        await AnswerGoodbyeAsync();
        await _abort.CancelAsync();
        await _sending;
        RealtimeMetrics.SessionsOpen.Add(-1);
    }

    // What is queued still goes out, then 1000; a peer that does not answer is cut off when the time is up.
    private async Task CloseOnceAsync()
    {
        _reading.NoteClosedByUs();
        _queue.Complete();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.CloseTimeoutSeconds), _time);
        using var cut = limit.Token.Register(() => _abort.Cancel());
        await _sending;
        await SayGoodbyeAsync(limit.Token);
        await _loops;
    }

    // RFC 6455 §5.5.1: a close frame is answered with one, or the peer waits for it.
    private async Task AnswerGoodbyeAsync()
    {
        if (_socket.WebSocket.State == WebSocketState.CloseReceived)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.CloseTimeoutSeconds), _time);
            await SayGoodbyeAsync(limit.Token);
        }
    }

    private async Task SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        var socket = _socket.WebSocket;
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellationToken);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The peer is gone already: the reading side has said so.
        }
    }
}
