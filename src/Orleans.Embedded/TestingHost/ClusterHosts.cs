using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Membership;

namespace OrleansEmbedded.TestingHost;

/// <summary>The hosts of a test cluster; they share one <see cref="InProcessCluster"/>.</summary>
internal sealed class ClusterHosts(InProcessTestClusterOptions options) : IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _all = [];
    private short _started;
    private IHost? _client;

    public InProcessCluster Cluster { get; } = new();

    public List<InProcessSiloHandle> Silos { get; } = [];

    public IClusterClient Client => (_client ?? throw new InvalidOperationException("The cluster has no client: deploy it first.")).Services.GetRequiredService<IClusterClient>();

    public async Task StartAsync()
    {
        for (var count = 0; count < options.InitialSilosCount; count++)
        {
            await StartSiloAsync();
        }

        if (options.InitializeClientOnDeploy)
        {
            _client = BuildClient();
            await _client.StartAsync();
        }
    }

    public async Task<InProcessSiloHandle> StartSiloAsync()
    {
        var number = _started++;
        var name = number == 0 ? "Primary" : $"Secondary_{number}";
        // Ports are names here: nothing listens, calls go by object reference.
        var specific = new InProcessTestSiloSpecificOptions { SiloName = name, SiloPort = 22222 + number, GatewayPort = 40000 + number };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name, DisableDefaults = true });
        builder.Services.AddSingleton(Cluster);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId))
            .Configure<SiloOptions>(siloOptions => siloOptions.SiloName = name)
            .Configure<EndpointOptions>(endpoints => (endpoints.SiloPort, endpoints.GatewayPort) = (specific.SiloPort, specific.GatewayPort)));
        foreach (var configure in options.SiloHostConfigurationDelegates)
        {
            configure(specific, builder);
        }

        var host = builder.Build();
        var node = host.Services.GetRequiredService<SiloNode>();
        await host.StartAsync();
        var handle = new InProcessSiloHandle
        {
            SiloHost = host,
            Name = name,
            InstanceNumber = number,
            SiloAddress = node.Address,
            GatewayAddress = node.GatewayAddress,
        };
        _all.Add(handle);
        Silos.Add(handle);
        return handle;
    }

    public async Task StopSiloAsync(InProcessSiloHandle silo, bool isOrderly)
    {
        Silos.Remove(silo);
        await silo.StopSiloAsync(isOrderly);
    }

    public Task DeactivateAsync(GrainId grainId)
        => Cluster.Directory.Find(grainId)?.DeactivateAsync(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "A test asked for it."))
            ?? Task.CompletedTask;

    public async Task StopAsync()
    {
        while (Silos.Count > 0)
        {
            await StopSiloAsync(Silos[^1], isOrderly: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var silo in _all)
        {
            await silo.DisposeAsync();
        }

        _all.Clear();
        if (_client is { } client)
        {
            _client = null;
            await client.StopAsync();
            client.Dispose();
        }
    }

    private IHost BuildClient()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "TestClusterClient", DisableDefaults = true });
        builder.Services.AddSingleton(Cluster);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId)));
        foreach (var configure in options.ClientHostConfigurationDelegates)
        {
            configure(builder);
        }

        return builder.Build();
    }
}
