using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansEmbedded.TestingHost;

/// <summary>Lets code written for <see cref="IHostBuilder"/> configure an application builder; everything is applied at once.</summary>
internal sealed class HostBuilderAdapter(IHostApplicationBuilder builder) : IHostBuilder
{
    public IDictionary<object, object> Properties => builder.Properties;

    private HostBuilderContext Context => new(builder.Properties)
    {
        Configuration = builder.Configuration,
        HostingEnvironment = builder.Environment,
    };

    public IHost Build() => throw new NotSupportedException("The test cluster builds its hosts.");

    public IHostBuilder ConfigureAppConfiguration(Action<HostBuilderContext, IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(Context, builder.Configuration);
        return this;
    }

    public IHostBuilder ConfigureContainer<TContainerBuilder>(Action<HostBuilderContext, TContainerBuilder> configureDelegate)
        => throw new NotSupportedException("The test cluster uses the container of the framework.");

    public IHostBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(builder.Configuration);
        return this;
    }

    public IHostBuilder ConfigureServices(Action<HostBuilderContext, IServiceCollection> configureDelegate)
    {
        configureDelegate(Context, builder.Services);
        return this;
    }

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory)
        where TContainerBuilder : notnull
        => throw new NotSupportedException("The test cluster uses the container of the framework.");

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(Func<HostBuilderContext, IServiceProviderFactory<TContainerBuilder>> factory)
        where TContainerBuilder : notnull
        => throw new NotSupportedException("The test cluster uses the container of the framework.");
}
