using VoiceOrdering.Flags;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Flags;

/// <summary>The defaults for everybody.</summary>
internal sealed class DefaultFlagDecisions : IFlagDecisions
{
    private static readonly string[] On = [.. FlagDefaults.Rules.Where(rule => rule is { Enabled: true, Percentage: 100 }).Select(rule => rule.Name)];

    public Task<IReadOnlyList<string>> OnForAsync(string unit, string subject, RestaurantId restaurant) => Task.FromResult<IReadOnlyList<string>>(On);

    public Task<bool> IsOffForAllAsync(string name) => Task.FromResult(!On.Contains(name));
}
