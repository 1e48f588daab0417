namespace VoiceOrdering.Flags;

/// <summary>The feature flags of the whole cluster, their rules and who changed them. Key: <see cref="Key"/>; there is one.</summary>
[Alias("vo.IFlagsGrain")]
public interface IFlagsGrain : IGrainWithStringKey
{
    /// <summary>The key of the one grain.</summary>
    const string Key = "flags";

    /// <summary>All flags, sorted by name, with the version a change is made from.</summary>
    [Alias("View")] Task<FlagsView> ViewAsync();

    /// <summary>
    /// Replaces the rule of one flag; refuses <c>FLAG_UNKNOWN</c>, <c>FLAG_INVALID</c>, <c>FLAGS_VERSION_CONFLICT</c>. Durable before it returns; in force everywhere
    /// within <see cref="TakesEffectWithin"/>. A rule equal to the present one changes nothing.
    /// </summary>
    /// <param name="rule">The new rule.</param>
    /// <param name="expectedVersion">Version the change was made from.</param>
    /// <param name="changedBy">Subject of who changes it.</param>
    [Alias("Change")] Task<Outcome<FlagsView>> ChangeAsync(FlagRule rule, long expectedVersion, string changedBy);

    /// <summary>Who changed what, newest first, at most <c>Limits.FlagHistory</c>.</summary>
    [Alias("History")] Task<IReadOnlyList<FlagChange>> HistoryAsync();

    /// <summary>Longest time until a change is used by every silo.</summary>
    static TimeSpan TakesEffectWithin => TimeSpan.FromSeconds(5);
}

/// <summary>For whom a flag is on.</summary>
/// <param name="Name">One of <see cref="FlagNames"/>.</param>
/// <param name="Enabled">False: off for everybody, whatever else the rule says.</param>
/// <param name="Percentage">0–100: share of sessions (bucketed by SHA-256 of session and flag) for which it is on besides those named.</param>
/// <param name="Users">Subjects for which it is always on; with <paramref name="Restaurants"/> at most <c>Limits.FlagTargets</c>.</param>
/// <param name="Restaurants">Restaurants for which it is always on.</param>
[GenerateSerializer, Immutable, Alias("vo.FlagRule")]
public sealed record FlagRule(
    [property: Id(0)] string Name, [property: Id(1)] bool Enabled, [property: Id(2)] int Percentage,
    [property: Id(3)] IReadOnlyList<string> Users, [property: Id(4)] IReadOnlyList<string> Restaurants);

/// <summary>All flags at one version.</summary>
/// <param name="Version">Grows by one with every change; 0 before the first.</param>
/// <param name="Flags">Sorted by name; every name of <see cref="FlagNames"/> is there.</param>
[GenerateSerializer, Immutable, Alias("vo.FlagsView")]
public sealed record FlagsView([property: Id(0)] long Version, [property: Id(1)] IReadOnlyList<FlagRule> Flags);

/// <summary>One change of a flag.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="At">UTC instant.</param>
/// <param name="By">Subject of who changed it.</param>
/// <param name="Before">The rule before.</param>
/// <param name="After">The rule after.</param>
[GenerateSerializer, Immutable, Alias("vo.FlagChange")]
public sealed record FlagChange(
    [property: Id(0)] long Version, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string By, [property: Id(3)] FlagRule Before, [property: Id(4)] FlagRule After);

/// <summary>A wish to have a flag decided one way for one session, whatever its rule says. Only in development.</summary>
/// <param name="Name">One of <see cref="FlagNames"/>.</param>
/// <param name="On">The decision.</param>
[GenerateSerializer, Immutable, Alias("vo.FlagOverride")]
public sealed record FlagOverride([property: Id(0)] string Name, [property: Id(1)] bool On);

/// <summary>The closed list of flags.</summary>
public static class FlagNames
{
    /// <summary>A submission without an <c>Idempotency-Key</c> is refused. Off: it is taken, and the cart alone keeps it from ordering twice. Default on.</summary>
    public const string IdempotencyEnabled = "IDEMPOTENCY_ENABLED";
    /// <summary>Words are taken without asking at a confidence of 0.75. Off: of 0.5, as it was before. Default on.</summary>
    public const string MatchThreshold075 = "MATCH_THRESHOLD_075";
    /// <summary>The assistant takes, takes off and issues vouchers. Default off; off for everybody ends it in running sessions too.</summary>
    public const string FeatureAgentVouchers = "FEATURE_AGENT_VOUCHERS";
    /// <summary>The assistant looks customers up by phone number. Default off; off for everybody ends it in running sessions too.</summary>
    public const string FeatureAgentCustomerLookUp = "FEATURE_AGENT_CUSTOMER_LOOKUP";
    /// <summary>A phone number nobody has yet gets a customer with an id of their own. Off: unknown numbers stay unknown and are not stored. Default off.</summary>
    public const string NewCustomerIdFlow = "NEW_CUSTOMER_ID_FLOW";
}
