using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>
/// The way out of a session: events in the order they were made, bounded, one writer to the socket. A client that does not read is cut
/// off at the bound. Can be paused, which from outside is a provider that stalls.
/// </summary>
internal sealed class Outbox(WebSocket socket, IdSource ids, int maxQueued)
{
    private readonly Channel<Parting> _queue = Channel.CreateUnbounded<Parting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private int _queued;
    private TaskCompletionSource? _paused;
    private bool _closing;

    /// <summary>Whether the client was cut off for not reading.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Queues one event; the members follow <c>type</c> and <c>event_id</c>.</summary>
    public void Send(string type, JsonObject members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("event_id", ids.Next("event"));
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                if (value is null)
                {
                    json.WriteNullValue();
                }
                else
                {
                    value.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        Queue(new Parting(buffer.WrittenMemory, null, ""));
    }

    /// <summary>Queues an audio delta without a text of the base64.</summary>
    public void SendAudio(string type, JsonObject address, ReadOnlySpan<byte> audio)
    {
        var buffer = new ArrayBufferWriter<byte>(audio.Length * 2 + 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("event_id", ids.Next("event"));
            foreach (var (name, value) in address)
            {
                json.WritePropertyName(name);
                value!.WriteTo(json);
            }

            json.WriteBase64String("delta", audio);
            json.WriteEndObject();
        }

        Queue(new Parting(buffer.WrittenMemory, null, ""));
    }

    /// <summary>Queues a close frame behind everything sent so far; nothing follows it.</summary>
    public void Close(int code, string reason)
    {
        Queue(new Parting(default, (WebSocketCloseStatus)code, reason));
        _queue.Writer.TryComplete();
        lock (_gate)
        {
            _closing = true;
        }

        Resume();
    }

    /// <summary>Stops sending behind what was sent so far; what is made later waits for <see cref="Resume"/>.</summary>
    public void Pause() => Queue(new Parting(default, null, "") { IsPause = true });

    public void Resume()
    {
        lock (_gate)
        {
            _paused?.TrySetResult();
            _paused = null;
        }
    }

    /// <summary>Sends until closed or broken.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var parting in _queue.Reader.ReadAllAsync(cancellationToken))
            {
                Interlocked.Decrement(ref _queued);
                if (parting.IsPause)
                {
                    await PauseAsync(cancellationToken);
                    continue;
                }

                if (parting.Close is { } code)
                {
                    await socket.CloseOutputAsync(code, parting.Reason, cancellationToken);
                    return;
                }

                await socket.SendAsync(parting.Text, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            _queue.Writer.TryComplete();
        }
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closing)
            {
                return Task.CompletedTask;
            }

            _paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _paused.Task.WaitAsync(cancellationToken);
        }
    }

    private void Queue(Parting parting)
    {
        if (Interlocked.Increment(ref _queued) > maxQueued)
        {
            Overflowed = true;
            _queue.Writer.TryComplete();
            socket.Abort();
            return;
        }

        _queue.Writer.TryWrite(parting);
    }

    private readonly record struct Parting(ReadOnlyMemory<byte> Text, WebSocketCloseStatus? Close, string Reason)
    {
        public bool IsPause { get; init; }
    }
}
