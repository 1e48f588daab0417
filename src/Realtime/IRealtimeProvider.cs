namespace VoiceOrdering.Realtime;

/// <summary>Opens sessions with a speech model. Safe for concurrent use; one instance per process.</summary>
public interface IRealtimeProvider
{
    /// <summary>Name for logs and metrics, for example <c>openai</c>.</summary>
    string Name { get; }

    /// <summary>What a session on <paramref name="model"/> (null: the configured one) can do. No network.</summary>
    RealtimeCapabilities GetCapabilities(string? model = null);

    /// <summary>
    /// Opens a session and, when settings are given, configures it. The first event of the session is
    /// <see cref="SessionReady"/>. Does not retry: the caller knows how much time is left.
    /// </summary>
    /// <exception cref="RealtimeException">Refused, unreachable or not ready in time; the kind says whether to try again.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IRealtimeSession> ConnectAsync(RealtimeConnectOptions options, CancellationToken cancellationToken = default);
}
