using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using OrleansEmbedded.Membership;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Hosting;

/// <summary>The services of a client.</summary>
internal static class ClientServices
{
    public static IClientBuilder Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InProcessCluster>();
        services.TryAddSingleton<EngineInstruments>();
        SerializationServices.Add(services);
        services.TryAddSingleton<ClusterNode, ClientNode>();
        services.TryAddSingleton<ClusterClient>();
        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
        return new ClientBuilder(services, configuration);
    }
}
