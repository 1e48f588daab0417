using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>Registers the model plane.</summary>
public static class RealtimeServices
{
    /// <summary>
    /// Adds <see cref="IRealtimeProvider"/> and <see cref="RealtimePricing"/> with the settings of section
    /// <see cref="OpenAiRealtimeOptions.SectionName"/>; settings out of range stop the process at start. Once started, the provider is
    /// asked whether the configured models are about to be switched off; the answer is a warning in the log.
    /// </summary>
    public static IServiceCollection AddOpenAiRealtime(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<OpenAiRealtimeOptions>()
            .Bind(configuration.GetSection(OpenAiRealtimeOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<IRealtimeProvider, OpenAiRealtimeProvider>();
        services.AddHostedService<ModelRetirementService>();
        services.TryAddSingleton(provider => CreatePricing(provider.GetRequiredService<IOptions<OpenAiRealtimeOptions>>().Value));
        return services;
    }

    /// <summary>The built-in rates with those of the settings laid over them.</summary>
    public static RealtimePricing CreatePricing(OpenAiRealtimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var rates = new Dictionary<string, RealtimeRates>(ModelFacts.Rates, StringComparer.Ordinal);
        foreach (var (model, rate) in options.Rates)
        {
            rates[model] = rate;
        }

        return new RealtimePricing(rates);
    }
}
