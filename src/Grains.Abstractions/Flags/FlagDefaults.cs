namespace VoiceOrdering.Flags;

/// <summary>The rules that hold until somebody changes them, sorted by name.</summary>
public static class FlagDefaults
{
    /// <summary>One rule for every flag there is.</summary>
    public static IReadOnlyList<FlagRule> Rules { get; } = new[]
    {
        OffForAll(FlagNames.FeatureAgentCustomerLookUp),
        OffForAll(FlagNames.FeatureAgentVouchers),
        OnForAll(FlagNames.IdempotencyEnabled),
        OnForAll(FlagNames.MatchThreshold075),
        OffForAll(FlagNames.NewCustomerIdFlow),
    };

    private static FlagRule OffForAll(string name) => new(name, Enabled: false, Percentage: 0, Array.Empty<string>(), Array.Empty<string>());

    private static FlagRule OnForAll(string name) => new(name, Enabled: true, Percentage: 100, Array.Empty<string>(), Array.Empty<string>());
}
