using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Streams;

internal static class StreamProviders
{
    public static IStreamProvider Find(GrainActivation activation, string name)
        => activation.Silo.Services.GetRequiredKeyedService<IStreamProvider>(name);
}
