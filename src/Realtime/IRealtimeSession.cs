using System.Threading.Channels;

namespace VoiceOrdering.Realtime;

/// <summary>
/// One conversation with a speech model. All verbs may be called from any thread and keep the order in which they were
/// called. A verb completes when it is queued, not when the provider has acted: what came of it is an event.
/// Delivery is at most once; after <see cref="SessionClosed"/> nothing more is sent or received.
/// </summary>
public interface IRealtimeSession : IAsyncDisposable
{
    /// <summary>The provider's id of the session (<c>sess_…</c>), known from the start.</summary>
    string SessionId { get; }

    /// <summary>What this session can do.</summary>
    RealtimeCapabilities Capabilities { get; }

    /// <summary>Counters since the start; cheap, may be read at any time.</summary>
    RealtimeSessionStats Stats { get; }

    /// <summary>
    /// Everything that happens, in the provider's order, one reader. Bounded (default 1024): a reader that stops makes the
    /// session stop reading the socket, nothing is lost. The last event is always one <see cref="SessionClosed"/>, then the
    /// channel completes without an exception.
    /// </summary>
    ChannelReader<RealtimeEvent> Events { get; }

    /// <summary>
    /// Changes settings and waits for the provider's confirmation (also seen as <see cref="SessionConfigured"/>).
    /// Do not await it from the only reader of a full <see cref="Events"/> channel.
    /// </summary>
    /// <exception cref="RealtimeException">Refused, closed, or not confirmed within the time-out (default 10 s).</exception>
    Task ConfigureAsync(SessionSettings settings, CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands over caller audio in the session's input format; copies it, never waits, allocates nothing in the steady state.
    /// Any length of whole samples from 1 byte to 64 KiB; 20 ms frames are usual.
    /// </summary>
    /// <returns>False when the queue (default 512 frames) is full or the session closed: the audio is dropped and counted.</returns>
    bool AppendAudio(ReadOnlySpan<byte> audio);

    /// <summary>Ends the caller's turn by hand. Less than 100 ms of audio: <c>INPUT_AUDIO_BUFFER_COMMIT_EMPTY</c>.</summary>
    ValueTask CommitAudioAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets audio not yet committed.</summary>
    ValueTask ClearAudioAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a typed turn of the caller; makes no answer by itself. At most 32768 characters.</summary>
    ValueTask SendUserTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default);

    /// <summary>Adds a fact of the application; makes no answer by itself. At most 32768 characters.</summary>
    ValueTask SendSystemTextAsync(string text, string? itemId = null, CancellationToken cancellationToken = default);

    /// <summary>Puts past turns into the conversation, in the order given; makes no answer.</summary>
    ValueTask SeedAsync(IReadOnlyList<SeedItem> items, CancellationToken cancellationToken = default);

    /// <summary>Answers a <see cref="ToolCallRequested"/>. The model goes on only after <see cref="CreateResponseAsync"/>. At most 128 KiB.</summary>
    ValueTask SendToolOutputAsync(string callId, string output, CancellationToken cancellationToken = default);

    /// <summary>Asks for an answer. While one runs: <c>CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE</c> as <see cref="ProviderError"/>.</summary>
    ValueTask CreateResponseAsync(ResponseOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops the running answer (or the one named); it ends as <see cref="ResponseEnded"/> with reason <c>client_cancelled</c>.
    /// None running: <c>RESPONSE_CANCEL_NOT_ACTIVE</c> as <see cref="ProviderError"/>, harmless.
    /// </summary>
    ValueTask CancelResponseAsync(string? responseId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Cuts a spoken item to what was heard; its transcript is deleted at the provider.
    /// Confirmed by <see cref="ItemTruncated"/>; beyond the item's length: <see cref="ProviderError"/>.
    /// </summary>
    /// <param name="itemId">Item of the <see cref="AudioDelta"/>.</param>
    /// <param name="contentIndex">Content part, usually 0.</param>
    /// <param name="audioEndMs">Milliseconds really played, 0 or more.</param>
    /// <param name="cancellationToken">Stops waiting for room in the queue.</param>
    ValueTask TruncateAsync(string itemId, int contentIndex, int audioEndMs, CancellationToken cancellationToken = default);

    /// <summary>Removes an item from the context.</summary>
    ValueTask DeleteItemAsync(string itemId, CancellationToken cancellationToken = default);

    /// <summary>Closes with 1000 and waits at most the close time-out (default 2 s). Ends in <see cref="SessionClosed"/>. Repeating it does nothing.</summary>
    Task CloseAsync(CancellationToken cancellationToken = default);
}
