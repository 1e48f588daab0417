using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace OrleansEmbedded.Streams;

internal sealed class MemoryStreamConfigurator(string name, Action<Action<IServiceCollection>> configure) : ISiloMemoryStreamConfigurator, IClusterClientMemoryStreamConfigurator
{
    public string Name { get; } = name;

    public Action<Action<IServiceCollection>> ConfigureDelegate { get; } = configure;
}
