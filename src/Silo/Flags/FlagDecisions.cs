using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Silo.Flags;

/// <summary>Decides with the feature manager's targeting filter, whose percentage buckets are made by SHA-256 of unit and flag.</summary>
internal sealed class FlagDecisions(IFeatureManager features, IFeatureDefinitionProvider definitions) : IFlagDecisions
{
    public async Task<IReadOnlyList<string>> OnForAsync(string unit, string subject, RestaurantId restaurant)
    {
        var target = new TargetingContext
        {
            UserId = unit,
            Groups = [FlagDefinitions.UserGroup(subject), FlagDefinitions.RestaurantGroup(restaurant.Value)],
        };
        var on = new List<string>();
        foreach (var rule in FlagDefaults.Rules)
        {
            if (await features.IsEnabledAsync(rule.Name, target))
            {
                on.Add(rule.Name);
            }
        }

        return on.ToArray();
    }

    public async Task<bool> IsOffForAllAsync(string name) => !(await definitions.GetFeatureDefinitionAsync(name)).EnabledFor.Any();
}
