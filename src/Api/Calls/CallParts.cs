namespace VoiceOrdering.Api.Calls;

/// <summary>The parts of one call, put together once.</summary>
internal sealed record CallParts(
    CallContext Context,
    BridgeMailbox Mailbox,
    SessionLine Line,
    ProviderLink Link,
    PlayoutBuffer Playout,
    BridgeAudio Audio,
    Conversation Conversation,
    CallCounters Counters);
