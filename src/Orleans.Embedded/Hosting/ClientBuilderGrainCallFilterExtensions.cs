using Microsoft.Extensions.DependencyInjection;
using OrleansEmbedded.Filters;

namespace Orleans.Hosting;

/// <summary>Adds call filters to a client; they run in the order added.</summary>
public static class ClientBuilderGrainCallFilterExtensions
{
    /// <summary>Adds an outgoing filter.</summary>
    public static IClientBuilder AddOutgoingGrainCallFilter(this IClientBuilder builder, IOutgoingGrainCallFilter filter)
        => builder.ConfigureServices(services => services.AddSingleton(filter));

    /// <summary>Adds an outgoing filter.</summary>
    public static IClientBuilder AddOutgoingGrainCallFilter<TImplementation>(this IClientBuilder builder)
        where TImplementation : class, IOutgoingGrainCallFilter
        => builder.ConfigureServices(services => services.AddSingleton<IOutgoingGrainCallFilter, TImplementation>());

    /// <summary>Adds an outgoing filter.</summary>
    public static IClientBuilder AddOutgoingGrainCallFilter(this IClientBuilder builder, OutgoingGrainCallFilterDelegate filter)
        => AddOutgoingGrainCallFilter(builder, new DelegateOutgoingFilter(filter));
}
