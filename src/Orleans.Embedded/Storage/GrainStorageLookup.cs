using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace OrleansEmbedded.Storage;

/// <summary>Finds storage providers by name.</summary>
internal static class GrainStorageLookup
{
    public static IGrainStorage Find(IServiceProvider services, string? name, Type grainClass)
    {
        var storage = string.IsNullOrEmpty(name) || name == ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME
            ? services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME) ?? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(name);
        return storage ?? throw new BadProviderConfigException(string.IsNullOrEmpty(name)
            ? $"No default storage provider found loading grain type {grainClass.FullName}."
            : $"No storage provider named \"{name}\" found loading grain type {grainClass.FullName}.");
    }
}
