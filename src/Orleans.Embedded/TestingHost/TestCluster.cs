using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;
using OrleansEmbedded.TestingHost;

namespace Orleans.TestingHost;

/// <summary>Silos and a client for tests.</summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly ClusterHosts _hosts;

    internal TestCluster(TestClusterOptions options, IReadOnlyDictionary<string, string> properties)
    {
        Options = options;
        _hosts = new ClusterHosts(TypedConfigurators.Convert(options, properties));
    }

    /// <summary>The settings.</summary>
    public TestClusterOptions Options { get; }

    /// <summary>The client.</summary>
    public IClusterClient Client => _hosts.Client;

    /// <summary>The client's factory.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>The client's services.</summary>
    public IServiceProvider ServiceProvider => Client.ServiceProvider;

    /// <summary>The first silo.</summary>
    public SiloHandle Primary => _hosts.Silos[0];

    /// <summary>The other silos.</summary>
    public IReadOnlyList<SiloHandle> SecondarySilos => [.. _hosts.Silos.Skip(1)];

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<SiloHandle> Silos => _hosts.Silos.ConvertAll(silo => (SiloHandle)silo).AsReadOnly();

    /// <summary>The silos that run.</summary>
    public IEnumerable<SiloHandle> GetActiveSilos() => _hosts.Silos;

    /// <summary>The services of a silo; of the first one when none is given.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null)
        => (silo is null ? _hosts.Silos[0] : _hosts.Silos.Find(handle => handle.SiloAddress.Equals(silo)) ?? throw new InvalidOperationException($"No silo {silo} runs.")).ServiceProvider;

    /// <summary>A silo by address; null when it does not run.</summary>
    public SiloHandle? GetSiloForAddress(SiloAddress siloAddress) => _hosts.Silos.Find(silo => silo.SiloAddress.Equals(siloAddress));

    /// <summary>Starts silos and client and waits for them.</summary>
    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    /// <summary>Starts silos and client.</summary>
    public Task DeployAsync() => _hosts.StartAsync();

    /// <summary>Starts one more silo.</summary>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) => await _hosts.StartSiloAsync();

    /// <summary>Stops a silo in order.</summary>
    public Task StopSiloAsync(SiloHandle instance) => _hosts.StopSiloAsync((InProcessSiloHandle)instance, isOrderly: true);

    /// <summary>Takes a silo away at once: callers in flight get an error, no grain code runs.</summary>
    public Task KillSiloAsync(SiloHandle instance) => _hosts.StopSiloAsync((InProcessSiloHandle)instance, isOrderly: false);

    /// <summary>Stops a silo and starts another.</summary>
    public async Task<SiloHandle> RestartSiloAsync(SiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await _hosts.StartSiloAsync();
    }

    /// <summary>Stops all silos.</summary>
    public Task StopAllSilosAsync() => _hosts.StopAsync();

    /// <summary>Stops all silos and waits for that.</summary>
    public void StopAllSilos() => StopAllSilosAsync().GetAwaiter().GetResult();

    /// <summary>Completes when all silos agree on who lives; at once in one process.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.CompletedTask;

    /// <summary>The activation of a grain; false when it has none.</summary>
    public bool TryGetGrainContext(GrainId grainId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IGrainContext? grainContext)
    {
        grainContext = _hosts.Cluster.Directory.Find(grainId);
        return grainContext is not null;
    }

    /// <summary>Deactivates a grain and waits until it is gone.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Deactivates a grain and waits until it is gone.</summary>
    public Task DeactivateAsync(GrainId grainId) => _hosts.DeactivateAsync(grainId);

    /// <summary>Waits until a grain is gone.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => _hosts.Cluster.Directory.Find(grainId)?.Deactivated ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _hosts.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _hosts.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
