namespace VoiceOrdering.Realtime;

/// <summary>One limit of the account as of the start of a response.</summary>
/// <param name="Name"><c>requests</c> or <c>tokens</c>.</param>
/// <param name="Limit">Allowed per window.</param>
/// <param name="Remaining">Left in this window; tokens are reserved at the start of a response and settled at its end.</param>
/// <param name="ResetSeconds">Seconds until the window starts anew.</param>
public sealed record RateLimit(string Name, long Limit, long Remaining, double ResetSeconds);
