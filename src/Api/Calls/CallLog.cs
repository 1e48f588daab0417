namespace VoiceOrdering.Api.Calls;

/// <summary>Log lines of live calls. Session and bridge id come from the scope of the call; no line holds words of the customer.</summary>
internal static partial class CallLog
{
    [LoggerMessage(2001, LogLevel.Information, "Call began on a {LegKind} leg")]
    public static partial void Began(ILogger logger, string legKind);

    [LoggerMessage(2002, LogLevel.Information, "Call ended: {Result} because of {Reason}, fault {Fault}; {Stats}")]
    public static partial void Ended(ILogger logger, string result, string reason, CallFault fault, string stats);

    [LoggerMessage(2003, LogLevel.Warning, "A notice for the session was given up after {Attempts} attempts")]
    public static partial void NoticeLost(ILogger logger, int attempts, Exception exception);

    [LoggerMessage(2004, LogLevel.Warning, "Provider session not opened, attempt {Attempt}: {Kind} {Code}")]
    public static partial void ProviderNotOpened(ILogger logger, int attempt, string kind, string code);

    [LoggerMessage(2005, LogLevel.Information, "Provider session {ProviderSessionId} opened in {ElapsedMs} ms, cause {Cause}, {SeededTurns} turns seeded")]
    public static partial void ProviderOpened(ILogger logger, string providerSessionId, double elapsedMs, string cause, int seededTurns);

    [LoggerMessage(2006, LogLevel.Warning, "Provider session lost: {Code}")]
    public static partial void ProviderLost(ILogger logger, string code);

    [LoggerMessage(2007, LogLevel.Warning, "Provider refused {Verb}: {Kind} {Code}")]
    public static partial void ProviderRefused(ILogger logger, string? verb, string kind, string code);

    [LoggerMessage(2008, LogLevel.Warning, "Tool {Tool} gave no answer, attempt {Attempt}")]
    public static partial void ToolFailed(ILogger logger, string tool, int attempt, Exception exception);

    [LoggerMessage(2009, LogLevel.Error, "The call's loop failed")]
    public static partial void LoopFailed(ILogger logger, Exception exception);

    [LoggerMessage(2010, LogLevel.Warning, "Ending the call took longer than {LimitSeconds} s; it is left behind")]
    public static partial void TeardownLate(ILogger logger, double limitSeconds);

    [LoggerMessage(2011, LogLevel.Debug, "Bridge {From} got {Trigger}: now {To}")]
    public static partial void Moved(ILogger logger, BridgeState from, BridgeTrigger trigger, BridgeState to);

    [LoggerMessage(2012, LogLevel.Debug, "Bridge in {From} has no move for {Trigger}")]
    public static partial void MoveRejected(ILogger logger, BridgeState from, BridgeTrigger trigger);

    [LoggerMessage(2013, LogLevel.Warning, "Draining: {Count} calls did not end within the drain time")]
    public static partial void DrainLate(ILogger logger, int count);

    [LoggerMessage(2014, LogLevel.Warning, "Listening to the session of a call failed")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
