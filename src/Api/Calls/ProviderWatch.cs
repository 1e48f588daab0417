using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Calls;

/// <summary>What is to be done about the provider session in force.</summary>
internal enum WatchVerdict
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It has fallen silent: treat it as lost.</summary>
    Stalled,

    /// <summary>Its cap is near and nobody speaks: open the next one.</summary>
    Rotate,
}

/// <summary>Looks after the provider session in force: falls it silent, does its cap come near? Loop only.</summary>
internal sealed class ProviderWatch(CallContext context)
{
    private static readonly TimeSpan s_rotateRetry = TimeSpan.FromSeconds(10);

    private readonly StallWatch _stall = new(context.Settings, context.Time);
    private DateTimeOffset? _expiresAt;
    private long? _rotateTriedAt;

    /// <summary>A new session is in force.</summary>
    public void OnAdopted()
    {
        _expiresAt = null;
        _rotateTriedAt = null;
        _stall.OnEvent();
    }

    public void OnEvent(RealtimeEvent providerEvent)
    {
        _stall.OnEvent();
        if (providerEvent is SessionReady ready)
        {
            _expiresAt = ready.ExpiresAt;
        }
    }

    /// <summary>Judges, and asks a quiet provider for a sign of life.</summary>
    public WatchVerdict Check(IRealtimeSession session, Conversation conversation)
    {
        switch (_stall.Check(conversation.Responses.IsProviderDue))
        {
            case StallVerdict.Stalled:
                return WatchVerdict.Stalled;
            case StallVerdict.Probe:
                _stall.OnProbed();
                _ = ProbeAsync(session);
                break;
            default:
                break;
        }

        return IsRotationDue(conversation) ? WatchVerdict.Rotate : WatchVerdict.None;
    }

    private bool IsRotationDue(Conversation conversation)
    {
        if (_expiresAt is not { } expiresAt || !conversation.IsQuiet)
        {
            return false;
        }

        // Words of the caller that are still being written down would be lost with the session; late in its life they may be.
        TimeSpan left = expiresAt - context.Time.GetUtcNow();
        TimeSpan limit = conversation.AwaitedTranscripts == 0 ? context.Settings.RotateBeforeExpiry : context.Settings.RotateBeforeExpiry / 2;
        if (left > limit || (_rotateTriedAt is { } triedAt && context.Time.GetElapsedTime(triedAt) < s_rotateRetry))
        {
            return false;
        }

        _rotateTriedAt = context.Time.GetTimestamp();
        return true;
    }

    // Any confirmation is a sign of life; this setting changes nothing.
    private static async Task ProbeAsync(IRealtimeSession session)
    {
        try
        {
            await session.ConfigureAsync(new SessionSettings { ToolChoice = "auto" });
        }
        catch (Exception exception) when (exception is RealtimeException or OperationCanceledException or ObjectDisposedException)
        {
            // The watch sees that nothing came.
        }
    }
}
