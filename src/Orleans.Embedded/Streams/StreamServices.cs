using Microsoft.Extensions.DependencyInjection;

namespace OrleansEmbedded.Streams;

internal static class StreamServices
{
    public static void Add(IServiceCollection services)
    {
    }
    public static void AddProvider(IServiceCollection services, string name)
    {
    }
}
