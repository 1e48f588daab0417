namespace VoiceOrdering.Realtime;

/// <summary>Whose move it is after an error.</summary>
public enum ProviderErrorKind
{
    /// <summary>The same thing may work later or in a new session: network, server fault, rate limit, session cap.</summary>
    Retriable,

    /// <summary>No retry helps until an operator acts: bad key, no quota, account closed.</summary>
    Fatal,

    /// <summary>We sent something the provider refuses: a defect or a lost race of ours. The session goes on.</summary>
    Bug,
}
