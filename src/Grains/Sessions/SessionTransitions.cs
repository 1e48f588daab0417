using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>What can happen to a session.</summary>
public enum SessionHappening
{
    /// <summary>A bridge took it over.</summary>
    Attached,
    /// <summary>Media flows and the provider answers.</summary>
    Connected,
    /// <summary>The bridge could not be brought up.</summary>
    ConnectFailed,
    /// <summary>The customer's leg is gone.</summary>
    LegLost,
    /// <summary>The provider's socket is gone.</summary>
    ProviderLost,
    /// <summary>The provider is back.</summary>
    ProviderRestored,
    /// <summary>The customer hung up.</summary>
    HungUp,
    /// <summary>Its owner ended it.</summary>
    EndAsked,
    /// <summary>Nobody took it up again in time.</summary>
    Expired,
}

/// <summary>What a move brings about beside the new phase.</summary>
[Flags]
public enum SessionEffects
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The time in which it can be resumed begins anew.</summary>
    ExtendExpiry = 1,
    /// <summary>The bridge is no longer in charge.</summary>
    ReleaseBridge = 2,
    /// <summary>The cart is finished or forgotten.</summary>
    CloseCart = 4,
    /// <summary>Transcript and tool answers are forgotten.</summary>
    ForgetTalk = 8,
    /// <summary>The expiry reminder is taken down.</summary>
    StopReminder = 16,
}

/// <summary>A row's right side.</summary>
/// <param name="To">The new phase.</param>
/// <param name="Effects">What else is to be done.</param>
public readonly record struct SessionMove(SessionPhase To, SessionEffects Effects);

/// <summary>The life of a session: from → happening → to (+ effects). What is not listed is refused with <c>PHASE_INVALID</c>.</summary>
public static class SessionTransitions
{
    private const SessionEffects Over = SessionEffects.ReleaseBridge | SessionEffects.CloseCart;
    private const SessionEffects Forget = SessionEffects.ForgetTalk | SessionEffects.StopReminder;

    private static readonly Dictionary<(SessionPhase From, SessionHappening Happening), SessionMove> Table = new()
    {
        [(SessionPhase.Open, SessionHappening.Attached)] = new(SessionPhase.Connecting, SessionEffects.ExtendExpiry),
        [(SessionPhase.Open, SessionHappening.EndAsked)] = new(SessionPhase.Ended, Over),
        [(SessionPhase.Open, SessionHappening.Expired)] = new(SessionPhase.Ended, Over | Forget),

        [(SessionPhase.Connecting, SessionHappening.Attached)] = new(SessionPhase.Connecting, SessionEffects.ExtendExpiry),
        [(SessionPhase.Connecting, SessionHappening.Connected)] = new(SessionPhase.Active, SessionEffects.ExtendExpiry),
        [(SessionPhase.Connecting, SessionHappening.ConnectFailed)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Connecting, SessionHappening.LegLost)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Connecting, SessionHappening.ProviderLost)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Connecting, SessionHappening.ProviderRestored)] = new(SessionPhase.Connecting, SessionEffects.None),
        [(SessionPhase.Connecting, SessionHappening.HungUp)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Connecting, SessionHappening.EndAsked)] = new(SessionPhase.Ended, Over),
        [(SessionPhase.Connecting, SessionHappening.Expired)] = new(SessionPhase.Ended, Over | Forget),

        [(SessionPhase.Active, SessionHappening.Attached)] = new(SessionPhase.Connecting, SessionEffects.ExtendExpiry),
        [(SessionPhase.Active, SessionHappening.Connected)] = new(SessionPhase.Active, SessionEffects.None),
        [(SessionPhase.Active, SessionHappening.ConnectFailed)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Active, SessionHappening.LegLost)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Active, SessionHappening.ProviderLost)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Active, SessionHappening.ProviderRestored)] = new(SessionPhase.Active, SessionEffects.None),
        [(SessionPhase.Active, SessionHappening.HungUp)] = new(SessionPhase.Interrupted, SessionEffects.ExtendExpiry),
        [(SessionPhase.Active, SessionHappening.EndAsked)] = new(SessionPhase.Ended, Over),
        [(SessionPhase.Active, SessionHappening.Expired)] = new(SessionPhase.Ended, Over | Forget),

        [(SessionPhase.Interrupted, SessionHappening.Attached)] = new(SessionPhase.Connecting, SessionEffects.ExtendExpiry),
        [(SessionPhase.Interrupted, SessionHappening.Connected)] = new(SessionPhase.Active, SessionEffects.ExtendExpiry),
        [(SessionPhase.Interrupted, SessionHappening.ConnectFailed)] = new(SessionPhase.Interrupted, SessionEffects.None),
        [(SessionPhase.Interrupted, SessionHappening.LegLost)] = new(SessionPhase.Interrupted, SessionEffects.None),
        [(SessionPhase.Interrupted, SessionHappening.ProviderLost)] = new(SessionPhase.Interrupted, SessionEffects.None),
        [(SessionPhase.Interrupted, SessionHappening.ProviderRestored)] = new(SessionPhase.Active, SessionEffects.ExtendExpiry),
        [(SessionPhase.Interrupted, SessionHappening.HungUp)] = new(SessionPhase.Interrupted, SessionEffects.None),
        [(SessionPhase.Interrupted, SessionHappening.EndAsked)] = new(SessionPhase.Ended, Over),
        [(SessionPhase.Interrupted, SessionHappening.Expired)] = new(SessionPhase.Ended, Over | Forget),

        // Ended stays ended; asking again changes nothing, and expiry still forgets what was said and a cart that could not be closed before.
        [(SessionPhase.Ended, SessionHappening.EndAsked)] = new(SessionPhase.Ended, SessionEffects.None),
        [(SessionPhase.Ended, SessionHappening.Expired)] = new(SessionPhase.Ended, SessionEffects.CloseCart | Forget),
    };

    /// <summary>The move, or null when the happening is not possible in this phase.</summary>
    public static SessionMove? Next(SessionPhase from, SessionHappening happening) =>
        Table.TryGetValue((from, happening), out var move) ? move : null;

    /// <summary>The happening a bridge's signal stands for.</summary>
    public static SessionHappening Of(SessionSignal signal) => signal switch
    {
        SessionSignal.Connected => SessionHappening.Connected,
        SessionSignal.LegLost => SessionHappening.LegLost,
        SessionSignal.ProviderLost => SessionHappening.ProviderLost,
        SessionSignal.ProviderRestored => SessionHappening.ProviderRestored,
        SessionSignal.HungUp => SessionHappening.HungUp,
        SessionSignal.ConnectFailed => SessionHappening.ConnectFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No such signal."),
    };
}
