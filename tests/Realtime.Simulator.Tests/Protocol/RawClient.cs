using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>A client that speaks the protocol by hand: JSON text over a socket, nothing of ours between.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 * 1024 * 1024];

    private RawClient()
    {
    }

    public List<JsonElement> Seen { get; } = [];

    public ClientWebSocket Socket => _socket;

    public static async Task<RawClient> ConnectAsync(RealtimeSimulator simulator, string query = "?model=gpt-realtime-2.1", Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new RawClient();
        if (configure is null)
        {
            client._socket.Options.SetRequestHeader("Authorization", "Bearer sk-test");
        }
        else
        {
            configure(client._socket.Options);
        }

        client._socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(simulator.Endpoint + "/realtime" + query) { Scheme = "ws" };
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await client._socket.ConnectAsync(address.Uri, limit.Token);
        }
        catch (WebSocketException)
        {
            // The status says why; see RefusedStatus.
        }

        return client;
    }

    /// <summary>HTTP status of a refused upgrade.</summary>
    public int RefusedStatus => (int)_socket.HttpStatusCode;

    public Task SendAsync(string json) => SendAsync(System.Text.Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) =>
        _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    public Task SendAsync(string type, JsonObject members)
    {
        members["type"] = type;
        return SendAsync(members.ToJsonString());
    }

    public Task AppendAsync(byte[] audio) =>
        SendAsync("input_audio_buffer.append", new JsonObject { ["audio"] = Convert.ToBase64String(audio) });

    /// <summary>The next event, or null when the server closed.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await _socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            }
            catch (OperationCanceledException failure)
            {
                throw new TimeoutException($"No event came; seen so far: {string.Join(' ', Types())}", failure);
            }

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                var happened = JsonDocument.Parse(_buffer.AsMemory(0, length)).RootElement.Clone();
                Seen.Add(happened);
                return happened;
            }
        }
    }

    public async Task<JsonElement> NextAsync(string type)
    {
        while (await ReceiveAsync() is { } happened)
        {
            if (happened.GetProperty("type").GetString() == type)
            {
                return happened;
            }
        }

        throw new InvalidOperationException($"The server closed before '{type}'; seen: {string.Join(' ', Types())}");
    }

    public IEnumerable<string> Types() => Seen.Select(happened => happened.GetProperty("type").GetString()!);

    /// <summary>Sends something wrong and gives the error that answers it.</summary>
    public async Task<JsonElement> RefusedAsync(string json)
    {
        await SendAsync(json);
        return (await NextAsync("error")).GetProperty("error");
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
