namespace VoiceOrdering.Realtime;

/// <summary>Counters of one session at one moment.</summary>
public sealed record RealtimeSessionStats
{
    /// <summary>Messages sent, audio included.</summary>
    public long MessagesSent { get; init; }

    /// <summary>Messages received.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>Caller audio bytes sent, before base64.</summary>
    public long AudioBytesSent { get; init; }

    /// <summary>Assistant audio bytes received, after base64.</summary>
    public long AudioBytesReceived { get; init; }

    /// <summary>Audio frames dropped because the send queue was full or the session closed.</summary>
    public long AudioFramesDropped { get; init; }

    /// <summary>Verbs refused because the send queue was full.</summary>
    public long VerbsRefused { get; init; }

    /// <summary>Events of a type this version does not know; ignored.</summary>
    public long UnknownEvents { get; init; }

    /// <summary>Events with a beta name that were mapped to the current one.</summary>
    public long BetaEventsMapped { get; init; }

    /// <summary>Messages that were no valid event; ignored.</summary>
    public long MalformedEvents { get; init; }

    /// <summary>Function calls seen again with a call id already reported; not reported twice.</summary>
    public long DuplicateToolCalls { get; init; }
}
