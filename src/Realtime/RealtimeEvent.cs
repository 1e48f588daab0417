namespace VoiceOrdering.Realtime;

/// <summary>Something that happened in a session. A closed family: every kind is in this file.</summary>
public abstract record RealtimeEvent
{
    private protected RealtimeEvent()
    {
    }
}

/// <summary>The session is open (<c>session.created</c>). Always the first event.</summary>
/// <param name="SessionId">The provider's id.</param>
/// <param name="Model">Model the provider runs.</param>
/// <param name="ExpiresAt">When the provider will end the session; null when it did not say.</param>
public sealed record SessionReady(string SessionId, string Model, DateTimeOffset? ExpiresAt) : RealtimeEvent;

/// <summary>New settings are in force (<c>session.updated</c>).</summary>
public sealed record SessionConfigured : RealtimeEvent;

/// <summary>The caller began to speak: stop playout now.</summary>
/// <param name="AudioStartMs">Start in milliseconds of all audio appended to this session, padding included.</param>
/// <param name="ItemId">Item the turn will become.</param>
public sealed record SpeechStarted(int AudioStartMs, string ItemId) : RealtimeEvent;

/// <summary>The caller paused long enough for the turn to end.</summary>
/// <param name="AudioEndMs">End in milliseconds of all audio appended.</param>
/// <param name="ItemId">Item the turn becomes.</param>
public sealed record SpeechStopped(int AudioEndMs, string ItemId) : RealtimeEvent;

/// <summary>The caller said nothing for the idle time-out; the provider commits an empty turn.</summary>
/// <param name="ItemId">Item of the turn.</param>
public sealed record InputTimedOut(string ItemId) : RealtimeEvent;

/// <summary>The caller's audio became an item of the conversation.</summary>
/// <param name="ItemId">Its id.</param>
/// <param name="PreviousItemId">Item before it; null for the first.</param>
public sealed record InputCommitted(string ItemId, string? PreviousItemId) : RealtimeEvent;

/// <summary>A piece of the caller's words; pieces are to be joined. May come before, during or after the answer.</summary>
/// <param name="ItemId">The caller's item.</param>
/// <param name="Delta">Next piece of text.</param>
public sealed record CallerTranscriptDelta(string ItemId, string Delta) : RealtimeEvent;

/// <summary>All of the caller's words in one item.</summary>
/// <param name="ItemId">The caller's item.</param>
/// <param name="Transcript">The whole text; may be empty.</param>
/// <param name="Usage">What it cost; null when not reported.</param>
public sealed record CallerTranscriptDone(string ItemId, string Transcript, TranscriptionUsage? Usage) : RealtimeEvent;

/// <summary>The caller's words could not be written down; the model may have understood them all the same.</summary>
/// <param name="ItemId">The caller's item.</param>
/// <param name="Code">Upper-snake code.</param>
/// <param name="Message">The provider's sentence.</param>
public sealed record CallerTranscriptFailed(string ItemId, string Code, string Message) : RealtimeEvent;

/// <summary>An answer begins, asked for by us or by turn detection.</summary>
/// <param name="ResponseId">Its id.</param>
/// <param name="Metadata">What <see cref="ResponseOptions.Metadata"/> held; empty for answers we did not ask for.</param>
public sealed record ResponseStarted(string ResponseId, IReadOnlyDictionary<string, string> Metadata) : RealtimeEvent;

/// <summary>An item was put into the conversation, by us or by the provider. Order of the conversation.</summary>
/// <param name="ItemId">Its id.</param>
/// <param name="PreviousItemId">Item before it; null for the first.</param>
/// <param name="Type"><c>message</c>, <c>function_call</c>, <c>function_call_output</c>, …</param>
/// <param name="Role"><c>user</c>, <c>assistant</c>, <c>system</c>; null for calls.</param>
public sealed record ItemAdded(string ItemId, string? PreviousItemId, string Type, string? Role) : RealtimeEvent;

/// <summary>Speech of the assistant; comes faster than it is to be played.</summary>
/// <param name="ResponseId">Answer it belongs to.</param>
/// <param name="ItemId">Item to name in <see cref="IRealtimeSession.TruncateAsync"/>.</param>
/// <param name="ContentIndex">Content part of the item.</param>
/// <param name="Audio">Bytes in the session's output format; owned by the receiver, never reused.</param>
public sealed record AudioDelta(string ResponseId, string ItemId, int ContentIndex, ReadOnlyMemory<byte> Audio) : RealtimeEvent;

/// <summary>All audio of an item has been sent, not yet played.</summary>
/// <param name="ResponseId">Answer.</param>
/// <param name="ItemId">Item.</param>
/// <param name="ContentIndex">Content part.</param>
public sealed record AudioDone(string ResponseId, string ItemId, int ContentIndex) : RealtimeEvent;

/// <summary>A piece of the words being spoken; runs ahead of the audio.</summary>
/// <param name="ResponseId">Answer.</param>
/// <param name="ItemId">Item.</param>
/// <param name="Delta">Next piece.</param>
public sealed record AssistantTranscriptDelta(string ResponseId, string ItemId, string Delta) : RealtimeEvent;

/// <summary>All words of a spoken item, including those the caller may never hear.</summary>
/// <param name="ResponseId">Answer.</param>
/// <param name="ItemId">Item.</param>
/// <param name="Transcript">The whole text.</param>
public sealed record AssistantTranscriptDone(string ResponseId, string ItemId, string Transcript) : RealtimeEvent;

/// <summary>A piece of a written answer.</summary>
/// <param name="ResponseId">Answer.</param>
/// <param name="ItemId">Item.</param>
/// <param name="Delta">Next piece.</param>
public sealed record TextDelta(string ResponseId, string ItemId, string Delta) : RealtimeEvent;

/// <summary>A written answer, whole.</summary>
/// <param name="ResponseId">Answer.</param>
/// <param name="ItemId">Item.</param>
/// <param name="Text">The whole text.</param>
public sealed record TextDone(string ResponseId, string ItemId, string Text) : RealtimeEvent;

/// <summary>
/// The model wants a function run. Reported once per call id and session even when the provider repeats itself;
/// the call id is also the key that makes running it exactly once possible across sessions.
/// </summary>
/// <param name="ResponseId">Answer it belongs to.</param>
/// <param name="ItemId">Item of the call.</param>
/// <param name="CallId">Key for <see cref="IRealtimeSession.SendToolOutputAsync"/>.</param>
/// <param name="Name">Function.</param>
/// <param name="ArgumentsJson">As the model wrote it: may be invalid JSON or break the schema.</param>
public sealed record ToolCallRequested(string ResponseId, string ItemId, string CallId, string Name, string ArgumentsJson) : RealtimeEvent;

/// <summary>An answer is over at the provider; playout may go on for seconds.</summary>
/// <param name="ResponseId">Answer.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason"><c>turn_detected</c>, <c>client_cancelled</c>, <c>max_output_tokens</c>, <c>content_filter</c>; null when whole.</param>
/// <param name="Usage">Raw tokens; also set when cancelled. Null when not reported.</param>
/// <param name="Error">Why it failed; null unless <see cref="ResponseStatus.Failed"/>.</param>
public sealed record ResponseEnded(
    string ResponseId, ResponseStatus Status, string? Reason, RealtimeUsage? Usage, ProviderError? Error) : RealtimeEvent;

/// <summary>A spoken item now ends where the caller stopped hearing it.</summary>
/// <param name="ItemId">Item.</param>
/// <param name="ContentIndex">Content part.</param>
/// <param name="AudioEndMs">New length.</param>
public sealed record ItemTruncated(string ItemId, int ContentIndex, int AudioEndMs) : RealtimeEvent;

/// <summary>An item left the context.</summary>
/// <param name="ItemId">Item.</param>
public sealed record ItemDeleted(string ItemId) : RealtimeEvent;

/// <summary>The account's limits as of now; at the start of each answer.</summary>
/// <param name="Limits">One per name.</param>
public sealed record RateLimitsChanged(IReadOnlyList<RateLimit> Limits) : RealtimeEvent;

/// <summary>The provider refused something or has a fault. The session stays open unless <see cref="SessionClosed"/> follows.</summary>
/// <param name="Kind">Whose move it is.</param>
/// <param name="Code">Upper-snake code, for example <c>SESSION_EXPIRED</c>; <c>UNKNOWN_PROVIDER_ERROR</c> when none came.</param>
/// <param name="Message">The provider's sentence; may hold caller data, so log it as personal.</param>
/// <param name="Verb">The client event that caused it, for example <c>conversation.item.truncate</c>; null when unknown.</param>
public sealed record ProviderError(ProviderErrorKind Kind, string Code, string Message, string? Verb = null) : RealtimeEvent;

/// <summary>The session is over. Always the last event, exactly once.</summary>
/// <param name="Reason">Why.</param>
/// <param name="CloseCode">RFC 6455 code of the close frame; 1006 when there was none.</param>
/// <param name="Detail">The provider's text, or what broke.</param>
public sealed record SessionClosed(SessionCloseReason Reason, int CloseCode, string Detail) : RealtimeEvent
{
    /// <summary>Whether the provider's cap was reached: a new session, seeded, continues the call.</summary>
    public bool Expired => Reason == SessionCloseReason.Expired;
}
