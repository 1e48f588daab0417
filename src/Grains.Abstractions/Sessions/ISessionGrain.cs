using Orleans.Concurrency;
using VoiceOrdering.Carts;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Sessions;

/// <summary>Control plane of one voice or text session. Key: session id. Never carries audio.</summary>
[Alias("vo.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Opens the session once; refuses <c>RESTAURANT_UNKNOWN</c>, <c>SCOPE_MISSING</c>. The resume token is shown only here.</summary>
    [Alias("Open")] Task<Outcome<SessionOpened>> OpenAsync(Caller caller, OpenSession command);

    /// <summary>Phase, transcript and cart; refuses <c>SESSION_UNKNOWN</c> (also for another owner or restaurant).</summary>
    [Alias("View")] Task<Outcome<SessionView>> ViewAsync(Caller caller);

    /// <summary>Takes an interrupted session up again; refuses <c>SESSION_EXPIRED</c>, <c>RESUME_TOKEN_INVALID</c>, <c>SESSION_UNKNOWN</c>.</summary>
    [Alias("Resume")] Task<Outcome<SessionView>> ResumeAsync(Caller caller, string resumeToken);

    /// <summary>
    /// A call bridge takes the session over: returns what the model must know. A later attach fences the earlier bridge off:
    /// its calls are refused with <c>BRIDGE_FENCED</c>.
    /// </summary>
    [Alias("Attach")] Task<Outcome<ModelBrief>> AttachAsync(Caller caller, AttachBridge command);

    /// <summary>The leg or the provider changed state (connected, lost, provider lost …); drives the phase table.</summary>
    [Alias("Signal")] Task<Outcome<SessionPhaseView>> SignalAsync(string bridgeId, SessionSignal signal, string reason);

    /// <summary>
    /// Runs a tool call of the model. <c>(session, call id)</c> is the key: a repeated call returns the stored answer without running again.
    /// The answer is JSON for the provider; refusals are answers too (<c>ok:false</c>). Durable before it returns.
    /// </summary>
    [Alias("ExecuteTool")] Task<ToolAnswer> ExecuteToolAsync(string bridgeId, ToolCall call);

    /// <summary>A finished turn: caller's final transcript, or the assistant's words really heard. Repeated item ids replace the earlier text.</summary>
    [Alias("RecordTurn")] Task RecordTurnAsync(string bridgeId, TurnRecord turn);

    /// <summary>Passes an event on to the listeners without keeping it (transcript deltas, levels). At most once.</summary>
    [OneWay, Alias("Relay")] Task RelayAsync(string bridgeId, string eventName, string dataJson);

    /// <summary>Keeps an event (sequence number, replayable) and tells the listeners.</summary>
    [Alias("Publish")] Task PublishAsync(string bridgeId, string eventName, string dataJson);

    /// <summary>Told after the cart changed by hand or was submitted by click, so that listeners and the model hear of it.</summary>
    /// <remarks>The cart grain calls it after every change; a version that was told before is ignored, so nobody else needs to.</remarks>
    [Alias("CartChanged")] Task CartChangedAsync(CartView cart, string cause);

    /// <summary>Told by the cart grain after its order is durable; raises <c>order.placed</c> once. At least once.</summary>
    [Alias("OrderPlaced")] Task OrderPlacedAsync(OrderView order);

    /// <summary>Ends the session for good; the cart's order, if any, stays. Repeated calls change nothing.</summary>
    [Alias("End")] Task EndAsync(Caller caller, string reason);

    /// <summary>Subscribes a listener and returns the kept events after <paramref name="afterSequence"/>; renew within <see cref="ListenerLease"/>.</summary>
    [Alias("Subscribe")] Task<Outcome<EventBacklog>> SubscribeAsync(Caller caller, ISessionObserver listener, long afterSequence);

    /// <summary>Ends a subscription; unknown listeners are ignored.</summary>
    [Alias("Unsubscribe")] Task UnsubscribeAsync(ISessionObserver listener);

    /// <summary>How long a subscription lives without renewal.</summary>
    static TimeSpan ListenerLease => TimeSpan.FromMinutes(2);
}

/// <summary>Receives a session's events.</summary>
[Alias("vo.ISessionObserver")]
public interface ISessionObserver : IGrainObserver
{
    /// <summary>An event happened. Kept events carry a sequence; relayed ones have sequence 0.</summary>
    [Alias("OnEvent")] Task OnEventAsync(SessionEvent sessionEvent);
}

/// <summary>Asks for a session.</summary>
/// <param name="Channel"><c>web</c>, <c>text</c> or <c>phone</c>.</param>
/// <param name="Language">BCP 47 tag, or null for the restaurant's.</param>
[GenerateSerializer, Immutable, Alias("vo.OpenSession")]
public sealed record OpenSession([property: Id(0)] string Channel, [property: Id(1)] string? Language)
{
    /// <summary>Flags decided by the caller instead of by their rules. The front end lets them through only in development.</summary>
    [Id(2)] public IReadOnlyList<FlagOverride> FlagOverrides { get; init; } = [];
}

/// <summary>A new session.</summary>
/// <param name="Session">As it stands.</param>
/// <param name="ResumeToken">Secret that takes the session up again; only its hash is kept.</param>
[GenerateSerializer, Immutable, Alias("vo.SessionOpened")]
public sealed record SessionOpened([property: Id(0)] SessionView Session, [property: Id(1)] string ResumeToken);

/// <summary>Phases of a session; the table of moves is <c>SessionTransitions</c>.</summary>
[GenerateSerializer, Alias("vo.SessionPhase")]
public enum SessionPhase
{
    /// <summary>Opened, no bridge yet.</summary>
    Open = 0,
    /// <summary>A bridge is connecting leg or provider.</summary>
    Connecting = 1,
    /// <summary>Customer and model talk.</summary>
    Active = 2,
    /// <summary>Leg or provider lost; cart kept; can be resumed.</summary>
    Interrupted = 3,
    /// <summary>Over for good.</summary>
    Ended = 4,
}

/// <summary>What can happen to a session from its bridge's side.</summary>
[GenerateSerializer, Alias("vo.SessionSignal")]
public enum SessionSignal
{
    /// <summary>Media flows (or a text bridge is up) and the provider answers.</summary>
    Connected = 0,
    /// <summary>The customer's leg is gone.</summary>
    LegLost = 1,
    /// <summary>The provider's socket is gone; the bridge tries again.</summary>
    ProviderLost = 2,
    /// <summary>The provider is back.</summary>
    ProviderRestored = 3,
    /// <summary>The customer hung up.</summary>
    HungUp = 4,
    /// <summary>The bridge could not be brought up.</summary>
    ConnectFailed = 5,
}

/// <summary>Phase after a signal.</summary>
/// <param name="Phase">The phase.</param>
[GenerateSerializer, Immutable, Alias("vo.SessionPhaseView")]
public sealed record SessionPhaseView([property: Id(0)] SessionPhase Phase);

/// <summary>A session as its owner sees it.</summary>
[GenerateSerializer, Immutable, Alias("vo.SessionView")]
public sealed record SessionView
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionId Id { get; init; }
    /// <summary>The restaurant.</summary>
    [Id(1)] public required RestaurantId Restaurant { get; init; }
    /// <summary>Present phase.</summary>
    [Id(2)] public SessionPhase Phase { get; init; }
    /// <summary><c>web</c>, <c>text</c> or <c>phone</c>.</summary>
    [Id(3)] public string Channel { get; init; } = "web";
    /// <summary>BCP 47 tag.</summary>
    [Id(4)] public string Language { get; init; } = "en";
    /// <summary>UTC instant after which it cannot be resumed.</summary>
    [Id(5)] public DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Finished turns, oldest first, at most <c>Limits.TranscriptTurns</c>.</summary>
    [Id(6)] public IReadOnlyList<TurnRecord> Transcript { get; init; } = [];
    /// <summary>The cart.</summary>
    [Id(7)] public required CartView Cart { get; init; }
    /// <summary>Sequence of the last kept event.</summary>
    [Id(8)] public long LastSequence { get; init; }
    /// <summary>Flags that are on for this session, sorted: decided once, when it was opened.</summary>
    [Id(9)] public IReadOnlyList<string> Flags { get; init; } = [];
    /// <summary>Of these and the others, what was decided by hand for this session; switching a flag off for everybody does not end it.</summary>
    [Id(10)] public IReadOnlyList<string> FlagsByHand { get; init; } = [];
}

/// <summary>A bridge that takes a session over.</summary>
/// <param name="BridgeId">Unique id of the bridge; names it in later calls.</param>
/// <param name="LegKind"><c>webrtc</c>, <c>sip</c> or <c>text</c>.</param>
[GenerateSerializer, Immutable, Alias("vo.AttachBridge")]
public sealed record AttachBridge([property: Id(0)] string BridgeId, [property: Id(1)] string LegKind);

/// <summary>What the model must know to start or go on.</summary>
/// <param name="Instructions">System prompt: static prefix (menu) first, volatile facts last.</param>
/// <param name="Tools">Tools generated from the live menu, sorted by name.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Turns">Last turns to seed a resumed conversation with, oldest first; empty for a new one.</param>
/// <param name="Restaurant">The restaurant.</param>
[GenerateSerializer, Immutable, Alias("vo.ModelBrief")]
public sealed record ModelBrief(
    [property: Id(0)] string Instructions, [property: Id(1)] IReadOnlyList<ToolSpec> Tools, [property: Id(2)] string Language,
    [property: Id(3)] IReadOnlyList<TurnRecord> Turns, [property: Id(4)] RestaurantId Restaurant);

/// <summary>A tool as offered to the model.</summary>
/// <param name="Name">Function name.</param>
/// <param name="Description">When to use it.</param>
/// <param name="ParametersJson">JSON Schema of the arguments.</param>
[GenerateSerializer, Immutable, Alias("vo.ToolSpec")]
public sealed record ToolSpec([property: Id(0)] string Name, [property: Id(1)] string Description, [property: Id(2)] string ParametersJson);

/// <summary>A function call of the model.</summary>
/// <param name="CallId">The provider's call id, 1–128 characters.</param>
/// <param name="Name">Function name.</param>
/// <param name="ArgumentsJson">As sent by the model; may be malformed.</param>
[GenerateSerializer, Immutable, Alias("vo.ToolCall")]
public sealed record ToolCall([property: Id(0)] string CallId, [property: Id(1)] string Name, [property: Id(2)] string ArgumentsJson);

/// <summary>The answer to a function call.</summary>
/// <param name="OutputJson">What the provider gets as function_call_output.</param>
/// <param name="EndsCall">True when the model asked to end the call (after its last words are played).</param>
/// <param name="Replayed">True when the stored answer was returned.</param>
[GenerateSerializer, Immutable, Alias("vo.ToolAnswer")]
public sealed record ToolAnswer([property: Id(0)] string OutputJson, [property: Id(1)] bool EndsCall, [property: Id(2)] bool Replayed);

/// <summary>A finished turn.</summary>
/// <param name="ItemId">The provider's item id.</param>
/// <param name="Role"><c>caller</c> or <c>assistant</c>.</param>
/// <param name="Text">What was said; for the assistant only the words really heard.</param>
/// <param name="HeardMs">Milliseconds of the assistant's audio really played; null for the caller and for text.</param>
/// <param name="Interrupted">True when the caller spoke over it.</param>
/// <param name="At">UTC instant.</param>
[GenerateSerializer, Immutable, Alias("vo.TurnRecord")]
public sealed record TurnRecord(
    [property: Id(0)] string ItemId, [property: Id(1)] string Role, [property: Id(2)] string Text,
    [property: Id(3)] int? HeardMs, [property: Id(4)] bool Interrupted, [property: Id(5)] DateTimeOffset At);

/// <summary>An event of a session, as sent to pages.</summary>
/// <param name="Sequence">Grows by one for kept events; 0 for relayed ones.</param>
/// <param name="Name">One of <c>SessionEventNames</c>.</param>
/// <param name="DataJson">The event's data, camelCase JSON.</param>
/// <param name="At">UTC instant.</param>
[GenerateSerializer, Immutable, Alias("vo.SessionEvent")]
public sealed record SessionEvent([property: Id(0)] long Sequence, [property: Id(1)] string Name, [property: Id(2)] string DataJson, [property: Id(3)] DateTimeOffset At);

/// <summary>Kept events a new listener has missed.</summary>
/// <param name="Events">Oldest first.</param>
/// <param name="Truncated">True when older ones are no longer kept: read the session view first.</param>
[GenerateSerializer, Immutable, Alias("vo.EventBacklog")]
public sealed record EventBacklog([property: Id(0)] IReadOnlyList<SessionEvent> Events, [property: Id(1)] bool Truncated);

/// <summary>Names of session events (see docs/reference/events.md for their data).</summary>
public static class SessionEventNames
{
    /// <summary>The phase changed: <c>{phase,reason}</c>.</summary>
    public const string Phase = "session.phase";
    /// <summary>Words as they come: <c>{itemId,role,delta}</c>; relayed.</summary>
    public const string TranscriptDelta = "transcript.delta";
    /// <summary>A finished turn: <c>{itemId,role,text,heardMs?,interrupted}</c>.</summary>
    public const string TranscriptDone = "transcript.done";
    /// <summary>Somebody begins to speak: <c>{role,itemId}</c>; relayed.</summary>
    public const string TurnStarted = "turn.started";
    /// <summary>Somebody stops speaking: <c>{role,itemId}</c>; relayed.</summary>
    public const string TurnEnded = "turn.ended";
    /// <summary>The cart changed: the cart view plus <c>cause</c> (<c>tool</c>, <c>hand</c> or <c>submit</c>).</summary>
    public const string CartChanged = "cart.changed";
    /// <summary>An order was placed: the order view.</summary>
    public const string OrderPlaced = "order.placed";
    /// <summary>Something went wrong that the customer must know: <c>{code,message,retriable}</c>.</summary>
    public const string Error = "error";
    /// <summary>Tokens used by a response: raw usage.</summary>
    public const string Usage = "usage";
}
