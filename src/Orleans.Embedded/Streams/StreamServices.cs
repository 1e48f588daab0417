using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streams;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Streams;

internal static class StreamServices
{
    public static void Add(IServiceCollection services) => services.AddOptions<StreamPullingAgentOptions>();

    public static void AddProvider(IServiceCollection services, string name)
    {
        Add(services);
        services.TryAddKeyedSingleton<IStreamProvider>(name, (provider, key) => new MemoryStreamProvider(
            (string)key!,
            provider.GetRequiredService<ClusterNode>(),
            provider.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get((string)key!)));
    }
}
