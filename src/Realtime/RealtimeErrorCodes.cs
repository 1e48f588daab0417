namespace VoiceOrdering.Realtime;

/// <summary>Codes this library gives itself; codes of the provider are passed on in upper snake (<c>SESSION_EXPIRED</c>).</summary>
public static class RealtimeErrorCodes
{
    /// <summary>No <c>session.created</c> within the connect time-out. Retriable.</summary>
    public const string ConnectTimeout = "REALTIME_CONNECT_TIMEOUT";

    /// <summary>The provider could not be reached, or broke off the handshake. Retriable.</summary>
    public const string Unreachable = "REALTIME_UNREACHABLE";

    /// <summary>The provider refused the key (401, 403). Fatal.</summary>
    public const string Unauthorized = "REALTIME_UNAUTHORIZED";

    /// <summary>The provider refused the upgrade with 429. Retriable.</summary>
    public const string RateLimited = "REALTIME_RATE_LIMITED";

    /// <summary>The provider refused the upgrade with another 4xx: wrong address, model or parameter. Bug.</summary>
    public const string UpgradeRefused = "REALTIME_UPGRADE_REFUSED";

    /// <summary>The session is closed; nothing can be sent. Retriable with a new session.</summary>
    public const string SessionClosed = "REALTIME_SESSION_CLOSED";

    /// <summary>More verbs are waiting to be sent than the limit allows: the provider does not read. Retriable.</summary>
    public const string SendQueueFull = "REALTIME_SEND_QUEUE_FULL";

    /// <summary>The provider did not confirm <c>session.update</c> in time. Retriable.</summary>
    public const string ConfigureTimeout = "REALTIME_CONFIGURE_TIMEOUT";

    /// <summary>An argument breaks a limit of this library (text length, id length, schema). Bug.</summary>
    public const string InvalidArgument = "REALTIME_INVALID_ARGUMENT";

    /// <summary>A message of the provider is larger than the limit. Retriable with a new session.</summary>
    public const string MessageTooLarge = "REALTIME_MESSAGE_TOO_LARGE";

    /// <summary>No API key is configured. Fatal.</summary>
    public const string KeyMissing = "REALTIME_KEY_MISSING";
}
