namespace VoiceOrdering.Realtime;

/// <summary>Where a response is written.</summary>
public enum ResponseScope
{
    /// <summary>Into the conversation; only one at a time (<c>conversation_already_has_active_response</c>).</summary>
    Conversation,

    /// <summary>Nowhere (<c>conversation: "none"</c>); several may run in parallel.</summary>
    OutOfBand,
}
