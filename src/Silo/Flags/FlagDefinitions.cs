using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.FeatureManagement;
using VoiceOrdering.Flags;

namespace VoiceOrdering.Silo.Flags;

/// <summary>
/// Gives the feature manager the rules of the flags grain. A copy is used for <see cref="KeepFor"/>, so that deciding costs no call of the one grain; when the grain
/// cannot be reached the copy stays in use, for nobody's call may fail because of a flag.
/// </summary>
internal sealed class FlagDefinitions(IGrainFactory grains, TimeProvider time, ILogger<FlagDefinitions> log) : IFeatureDefinitionProvider
{
    /// <summary>Age at which the copy is renewed.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(2);

    private const string Audience = "Audience";
    private volatile Copy? _copy;

    /// <summary>What a group of the audience is called that stands for one user.</summary>
    public static string UserGroup(string subject) => $"user:{subject}";

    /// <summary>What a group of the audience is called that stands for one restaurant.</summary>
    public static string RestaurantGroup(string restaurant) => $"restaurant:{restaurant}";

    public async Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) =>
        (await FreshAsync()).Definitions.GetValueOrDefault(featureName) ?? new FeatureDefinition { Name = featureName, EnabledFor = [] };

    public async IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync()
    {
        foreach (var definition in (await FreshAsync()).Definitions.Values)
        {
            yield return definition;
        }
    }

    private async Task<Copy> FreshAsync()
    {
        var copy = _copy;
        if (copy is not null && time.GetElapsedTime(copy.ReadAt) < KeepFor)
        {
            return copy;
        }

        try
        {
            var view = await grains.GetGrain<IFlagsGrain>(IFlagsGrain.Key).ViewAsync();
            // The same version keeps its definitions: the manager caches what it reads out of them.
            var definitions = copy?.Version == view.Version ? copy.Definitions : view.Flags.ToDictionary(rule => rule.Name, Define, StringComparer.Ordinal);
            return _copy = new Copy(view.Version, time.GetTimestamp(), definitions);
        }
        catch (Exception failure) when (copy is not null && failure is OrleansException or TimeoutException)
        {
            log.LogWarning(failure, "The flags could not be read; those of before stay in use");
            return _copy = copy! with { ReadAt = time.GetTimestamp() };
        }
    }

    private static FeatureDefinition Define(FlagRule rule)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{Audience}:DefaultRolloutPercentage"] = rule.Percentage.ToString(CultureInfo.InvariantCulture),
        };
        var groups = rule.Users.Select(UserGroup).Concat(rule.Restaurants.Select(RestaurantGroup));
        foreach (var (name, at) in groups.Select((name, at) => (name, at)))
        {
            settings[$"{Audience}:Groups:{at}:Name"] = name;
            settings[$"{Audience}:Groups:{at}:RolloutPercentage"] = "100";
        }

        var filter = new FeatureFilterConfiguration { Name = "Microsoft.Targeting", Parameters = new ConfigurationBuilder().AddInMemoryCollection(settings).Build() };
        return new FeatureDefinition { Name = rule.Name, EnabledFor = rule.Enabled ? [filter] : [] };
    }

    private sealed record Copy(long Version, long ReadAt, IReadOnlyDictionary<string, FeatureDefinition> Definitions);
}
