using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>The reading loop of one session: frames to events, and the one closing event with its reason.</summary>
internal sealed class SessionReading(WebSocket socket, OpenAiRealtimeOptions options, ILogger logger)
{
    private const int FirstBufferBytes = 32 * 1024;
    private const int AbnormalClosure = 1006;

    private readonly GatedReader _events = new(options.MaxQueuedEvents);
    private readonly TaskCompletionSource<SessionReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<RealtimeEvent> _happened = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private ProviderError? _lastError;
    private long _messagesReceived;
    private bool _expired;
    private volatile bool _closedByUs;

    public ChannelReader<RealtimeEvent> Events => _events;

    public ServerEvents Server { get; } = new();

    public Confirmations Confirmations { get; } = new();

    /// <summary>The provider's first event; fails when the session ends before it.</summary>
    public Task<SessionReady> Ready => _ready.Task;

    public long MessagesReceived => Interlocked.Read(ref _messagesReceived);

    public void NoteClosedByUs() => _closedByUs = true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        SessionClosed end;
        try
        {
            end = await ReadToEndAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            end = new SessionClosed(
                _closedByUs ? SessionCloseReason.ClosedByUs : SessionCloseReason.ConnectionLost, AbnormalClosure, failure.GetType().Name);
        }

        await WarnOfPolicyAsync(end, cancellationToken);
        Finish(end);
    }

    private async Task<SessionClosed> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return EndOf(socket.CloseStatus, socket.CloseStatusDescription ?? "");
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                Interlocked.Increment(ref _messagesReceived);
                Server.Read(_buffer.AsMemory(0, length), _happened);
                await PassOnAsync(cancellationToken);
                length = 0;
            }
            else if (length == _buffer.Length && !TryGrow(length))
            {
                return await GiveUpAsync(cancellationToken);
            }
        }
    }

    private bool TryGrow(int length)
    {
        if (length >= options.MaxMessageBytes)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(length * 2, options.MaxMessageBytes));
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return true;
    }

    private async Task<SessionClosed> GiveUpAsync(CancellationToken cancellationToken)
    {
        var sentence = $"A message of the provider is larger than {options.MaxMessageBytes} bytes.";
        await _events.WriteAsync(
            new ProviderError(ProviderErrorKind.Retriable, RealtimeErrorCodes.MessageTooLarge, sentence), cancellationToken);
        socket.Abort();
        return new SessionClosed(SessionCloseReason.Aborted, (int)WebSocketCloseStatus.MessageTooBig, sentence);
    }

    private async ValueTask PassOnAsync(CancellationToken cancellationToken)
    {
        foreach (var happened in _happened)
        {
            switch (happened)
            {
                case SessionReady ready:
                    _ready.TrySetResult(ready);
                    break;
                case SessionConfigured:
                    Confirmations.Confirm();
                    break;
                case ProviderError error:
                    _lastError = error;
                    _expired |= error.Code == ErrorKinds.SessionExpired;
                    if (Confirmations.TryRefuse(Server.RefusedEventId, error))
                    {
                        continue;
                    }

                    break;
            }

            await _events.WriteAsync(happened, cancellationToken);
        }

        _happened.Clear();
    }

    private SessionClosed EndOf(WebSocketCloseStatus? status, string detail)
    {
        var code = (int?)status ?? (int)WebSocketCloseStatus.Empty;
        var expired = _expired
            || (status == WebSocketCloseStatus.EndpointUnavailable && detail.Contains("maximum duration", StringComparison.OrdinalIgnoreCase));
        var reason = expired ? SessionCloseReason.Expired
            : _closedByUs ? SessionCloseReason.ClosedByUs
            : SessionCloseReason.ClosedByProvider;
        return new SessionClosed(reason, code, detail);
    }

    // 1008 after an accepted upgrade is how the provider says "bad key" or "no quota"; without this it would look like any close.
    private async ValueTask WarnOfPolicyAsync(SessionClosed end, CancellationToken cancellationToken)
    {
        if (end.CloseCode == (int)WebSocketCloseStatus.PolicyViolation && _lastError is not { Kind: ProviderErrorKind.Fatal } && !_closedByUs)
        {
            _lastError = new ProviderError(ProviderErrorKind.Fatal, "POLICY_VIOLATION", end.Detail);
            try
            {
                await _events.WriteAsync(_lastError, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Closed by us while nobody reads: the closing event still follows.
            }
        }
    }

    private void Finish(SessionClosed end)
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        RealtimeMetrics.SessionsClosed.Add(1, new KeyValuePair<string, object?>("reason", end.Reason.ToString()));
        logger.LogInformation("Realtime session over: {Reason} {CloseCode}", end.Reason, end.CloseCode);
        _ready.TrySetException(_lastError is { } error
            ? new RealtimeException(error.Kind, error.Code, error.Message)
            : new RealtimeException(ProviderErrorKind.Retriable, RealtimeErrorCodes.Unreachable, $"The provider closed the session at its start ({end.CloseCode})."));
        _ = _ready.Task.Exception; // Observed: nobody may be waiting any more.
        Confirmations.Close();
        _events.WriteLast(end);
    }
}
