using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;
using Orleans.Storage;

namespace OrleansEmbedded.Serialization;

internal static class SerializationServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(_ => new Serializer());
        services.TryAddSingleton(_ => new DeepCopier());
        services.TryAddSingleton<IGrainStorageSerializer>(provider => new OrleansGrainStorageSerializer(provider.GetRequiredService<Serializer>()));
    }
}
