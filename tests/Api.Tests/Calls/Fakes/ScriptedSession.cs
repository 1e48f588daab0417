using System.Threading.Channels;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>A provider session played by the test: verbs go to the timeline, events come from the script.</summary>
internal sealed class ScriptedSession(string sessionId, Timeline timeline) : IRealtimeSession
{
    private readonly Channel<RealtimeEvent> _events = Channel.CreateBounded<RealtimeEvent>(1024);
    private bool _closed;
    private long _appendedBytes;

    public string SessionId => sessionId;

    public RealtimeCapabilities Capabilities { get; } = new()
    {
        Provider = "scripted",
        Model = "scripted-1",
        AudioFormats = [RealtimeAudioFormat.Pcmu, RealtimeAudioFormat.Pcm24k],
    };

    public RealtimeSessionStats Stats { get; } = new();

    public ChannelReader<RealtimeEvent> Events => _events.Reader;

    public SessionSettings? Settings { get; init; }

    public IReadOnlyList<SeedItem> Seeded { get; private set; } = [];

    public ResponseOptions? LastResponse { get; private set; }

    public bool IsClosed => _closed;

    /// <summary>From now on nothing is answered, not even probes.</summary>
    public bool IsStalled { get; set; }

    /// <summary>From now on verbs are refused, as by a socket that does not take anything.</summary>
    public bool RefusesVerbs { get; set; }

    public long AppendedBytes => Interlocked.Read(ref _appendedBytes);

    public void Emit(params RealtimeEvent[] events)
    {
        foreach (RealtimeEvent item in events)
        {
            _events.Writer.TryWrite(item).ShouldBeTrue("The script wrote more events than the session holds.");
        }
    }

    /// <summary>The provider closes the session.</summary>
    public void CloseFromFar(int closeCode, SessionCloseReason reason = SessionCloseReason.ClosedByProvider)
    {
        Emit(new SessionClosed(reason, closeCode, "closed by the script"));
        _events.Writer.TryComplete();
        _closed = true;
    }

    public Task ConfigureAsync(SessionSettings settings, CancellationToken cancellationToken = default)
    {
        timeline.Add($"{sessionId} session.update");
        if (!IsStalled)
        {
            Emit(new SessionConfigured());
        }

        return Task.CompletedTask;
    }

    public bool AppendAudio(ReadOnlySpan<byte> audio)
    {
        Interlocked.Add(ref _appendedBytes, audio.Length);
        return !_closed;
    }

    public ValueTask CommitAudioAsync(CancellationToken cancellationToken = default) => Verb("input_audio_buffer.commit");

    public ValueTask ClearAudioAsync(CancellationToken cancellationToken = default) => Verb("input_audio_buffer.clear");

    public ValueTask SendUserTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default) =>
        Item($"user '{text}'", itemId, "message", "user");

    public ValueTask SendSystemTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default) =>
        Item($"system '{text}'", itemId, "message", "system");

    public ValueTask SeedAsync(IReadOnlyList<SeedItem> items, CancellationToken cancellationToken = default)
    {
        Seeded = items;
        return Verb($"seed {items.Count}");
    }

    public ValueTask SendToolOutputAsync(string callId, string output, CancellationToken cancellationToken = default) =>
        Item($"tool {callId} {output}", null, "function_call_output", null);

    public ValueTask CreateResponseAsync(ResponseOptions? options = null, CancellationToken cancellationToken = default)
    {
        LastResponse = options;
        return Verb("response.create");
    }

    public ValueTask CancelResponseAsync(string? responseId = null, CancellationToken cancellationToken = default) => Verb("response.cancel");

    public ValueTask TruncateAsync(string itemId, int contentIndex, int audioEndMs, CancellationToken cancellationToken = default) =>
        Verb($"truncate {itemId} {audioEndMs}");

    public ValueTask DeleteItemAsync(string itemId, CancellationToken cancellationToken = default) => Verb($"delete {itemId}");

    public Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (!_closed)
        {
            timeline.Add($"{sessionId} close");
            _closed = true;
            _events.Writer.TryWrite(new SessionClosed(SessionCloseReason.ClosedByUs, 1000, "closed by us"));
            _events.Writer.TryComplete();
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        timeline.Add($"{sessionId} disposed");
        return ValueTask.CompletedTask;
    }

    private ValueTask Verb(string what)
    {
        if (_closed || RefusesVerbs)
        {
            throw new RealtimeException(ProviderErrorKind.Retriable, _closed ? RealtimeErrorCodes.SessionClosed : RealtimeErrorCodes.SendQueueFull, "Refused by the script.");
        }

        timeline.Add($"{sessionId} {what}");
        return ValueTask.CompletedTask;
    }

    // The provider confirms every item it was given, in order.
    private ValueTask Item(string what, string? itemId, string type, string? role)
    {
        ValueTask verb = Verb(what);
        if (!IsStalled)
        {
            Emit(new ItemAdded(itemId ?? $"item_of_{what.Length}", null, type, role));
        }

        return verb;
    }
}
