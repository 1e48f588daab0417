using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using VoiceOrdering.Flags;

namespace VoiceOrdering.Silo.Flags;

/// <summary>Registers the evaluator of the flags.</summary>
internal static class FlagServices
{
    public static IServiceCollection AddFlags(this IServiceCollection services)
    {
        services.AddSingleton<IFeatureDefinitionProvider, FlagDefinitions>();
        services.AddFeatureManagement();
        services.AddSingleton<IFlagDecisions, FlagDecisions>();
        return services;
    }
}
