using System.Threading.Channels;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Bench.Calls;

/// <summary>A provider and its session that take everything and say only what the load writes into them.</summary>
internal sealed class SilentSession : IRealtimeSession, IRealtimeProvider
{
    private readonly Channel<RealtimeEvent> _events = Channel.CreateBounded<RealtimeEvent>(1024);

    public string SessionId => "bench";

    public string Name => "bench";

    public RealtimeCapabilities Capabilities { get; } = new() { Provider = "bench", Model = "bench", AudioFormats = [RealtimeAudioFormat.Pcmu] };

    public RealtimeSessionStats Stats { get; } = new();

    public ChannelReader<RealtimeEvent> Events => _events.Reader;

    public RealtimeCapabilities GetCapabilities(string? model = null) => Capabilities;

    public Task<IRealtimeSession> ConnectAsync(RealtimeConnectOptions options, CancellationToken cancellationToken = default) =>
        Task.FromResult<IRealtimeSession>(this);

    public void Say(RealtimeEvent happened) => _events.Writer.TryWrite(happened);

    public Task ConfigureAsync(SessionSettings settings, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public bool AppendAudio(ReadOnlySpan<byte> audio) => true;

    public ValueTask CommitAudioAsync(CancellationToken cancellationToken = default) => default;

    public ValueTask ClearAudioAsync(CancellationToken cancellationToken = default) => default;

    public ValueTask SendUserTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default) => default;

    public ValueTask SendSystemTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default) => default;

    public ValueTask SeedAsync(IReadOnlyList<SeedItem> items, CancellationToken cancellationToken = default) => default;

    public ValueTask SendToolOutputAsync(string callId, string output, CancellationToken cancellationToken = default) => default;

    public ValueTask CreateResponseAsync(ResponseOptions? options = null, CancellationToken cancellationToken = default) => default;

    public ValueTask CancelResponseAsync(string? responseId = null, CancellationToken cancellationToken = default) => default;

    public ValueTask TruncateAsync(string itemId, int contentIndex, int audioEndMs, CancellationToken cancellationToken = default) => default;

    public ValueTask DeleteItemAsync(string itemId, CancellationToken cancellationToken = default) => default;

    public Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _events.Writer.TryComplete();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;
}
