using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Timers;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Membership;
using OrleansEmbedded.Serialization;
using OrleansEmbedded.Storage;

namespace OrleansEmbedded.Hosting;

/// <summary>The services of a silo.</summary>
internal static class SiloServices
{
    public static ISiloBuilder Add(IServiceCollection services, IConfiguration? configuration)
    {
        if (services.FirstOrDefault(descriptor => descriptor.ImplementationInstance is Builder)?.ImplementationInstance is Builder known)
        {
            return known;
        }

        var builder = new Builder(services, configuration ?? new ConfigurationBuilder().Build());
        services.AddSingleton(builder);
        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(new ServiceLifetimes(services));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InProcessCluster>();
        services.TryAddSingleton<EngineInstruments>();
        services.TryAddSingleton<IPersistentStateFactory, PersistentStateFactory>();
        SerializationServices.Add(services);
        services.TryAddSingleton<SiloNode>();
        services.TryAddSingleton<ClusterNode>(provider => provider.GetRequiredService<SiloNode>());
        services.TryAddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<SiloNode>());
        services.TryAddSingleton<ISiloStatusOracle>(provider => provider.GetRequiredService<SiloNode>());
        services.TryAddSingleton<IGrainRuntime>(provider => provider.GetRequiredService<SiloNode>().Runtime);
        services.TryAddSingleton<ITimerRegistry>(provider => provider.GetRequiredService<SiloNode>().Runtime.TimerRegistry);
        services.TryAddSingleton<ClusterClient>();
        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.TryAddSingleton<SiloLifecycle>();
        services.AddSingleton<IHostedService, SiloService>();
        return builder;
    }

    private sealed class Builder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services { get; } = services;

        public IConfiguration Configuration { get; } = configuration;
    }
}
