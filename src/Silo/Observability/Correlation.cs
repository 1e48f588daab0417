using Orleans.Runtime;

namespace VoiceOrdering.Silo.Observability;

/// <summary>
/// What ties log lines together: the request id and the session id of whatever runs now. Both travel in Orleans'
/// <see cref="RequestContext"/>, so they follow every grain call without being passed along.
/// </summary>
public static class Correlation
{
    /// <summary>Name of the request id in log lines.</summary>
    public const string RequestIdProperty = "requestId";
    /// <summary>Name of the session id in log lines.</summary>
    public const string SessionIdProperty = "sessionId";

    private const string RequestIdKey = "vo.requestId";
    private const string SessionIdKey = "vo.sessionId";

    /// <summary>Id of the HTTP request, call or job that is being worked on, or null. Setting flows to what is called from here, not back to the caller of an async method.</summary>
    public static string? RequestId
    {
        get => RequestContext.Get(RequestIdKey) as string;
        set => Put(RequestIdKey, value);
    }

    /// <summary>Id of the session that is being worked on, or null; flows as <see cref="RequestId"/> does.</summary>
    public static string? SessionId
    {
        get => RequestContext.Get(SessionIdKey) as string;
        set => Put(SessionIdKey, value);
    }

    private static void Put(string key, string? value)
    {
        if (value is null)
        {
            RequestContext.Remove(key);
        }
        else
        {
            RequestContext.Set(key, value);
        }
    }
}
