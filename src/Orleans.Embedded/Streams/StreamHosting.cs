using OrleansEmbedded.Streams;

namespace Orleans.Hosting;

/// <summary>Adds streams in memory to a silo.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds a provider; items are gone when the process ends.</summary>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new MemoryStreamConfigurator(name, apply => apply(builder.Services)));
        StreamServices.AddProvider(builder.Services, name);
        return builder;
    }
}

/// <summary>Adds streams to a silo.</summary>
public static class SiloBuilderStreamingExtensions
{
    /// <summary>Adds the services streams share; adding a provider does it too.</summary>
    public static ISiloBuilder AddStreaming(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StreamServices.Add(builder.Services);
        return builder;
    }
}

/// <summary>Adds streams to a client.</summary>
public static class ClientBuilderStreamingExtensions
{
    /// <summary>Adds the services streams share; adding a provider does it too.</summary>
    public static IClientBuilder AddStreaming(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StreamServices.Add(builder.Services);
        return builder;
    }

    /// <summary>Adds a provider.</summary>
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name, Action<IClusterClientMemoryStreamConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new MemoryStreamConfigurator(name, apply => apply(builder.Services)));
        StreamServices.AddProvider(builder.Services, name);
        return builder;
    }
}
