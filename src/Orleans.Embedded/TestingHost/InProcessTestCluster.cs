using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using OrleansEmbedded.TestingHost;

namespace Orleans.TestingHost;

/// <summary>Silos and a client in this process.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly ClusterHosts _hosts;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _hosts = new ClusterHosts(options);
    }

    /// <summary>The settings.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The client.</summary>
    public IClusterClient Client => _hosts.Client;

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _hosts.Silos.AsReadOnly();

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => _hosts.Silos;

    /// <summary>The services of a silo; of the first one when none is given.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null)
        => (silo is null ? _hosts.Silos[0] : GetSiloForAddress(silo) ?? throw new InvalidOperationException($"No silo {silo} runs.")).ServiceProvider;

    /// <summary>A silo by address; null when it does not run.</summary>
    public InProcessSiloHandle? GetSiloForAddress(SiloAddress siloAddress) => _hosts.Silos.Find(silo => silo.SiloAddress.Equals(siloAddress));

    /// <summary>Starts silos and client.</summary>
    public Task DeployAsync() => _hosts.StartAsync();

    /// <summary>Starts one more silo.</summary>
    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => _hosts.StartSiloAsync();

    /// <summary>Starts more silos.</summary>
    public async Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart)
    {
        var started = new List<InProcessSiloHandle>();
        for (var count = 0; count < silosToStart; count++)
        {
            started.Add(await _hosts.StartSiloAsync());
        }

        return started;
    }

    /// <summary>Stops a silo in order.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => _hosts.StopSiloAsync(instance, isOrderly: true);

    /// <summary>Takes a silo away at once: callers in flight get an error, no grain code runs.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => _hosts.StopSiloAsync(instance, isOrderly: false);

    /// <summary>Stops a silo and starts one of the same name.</summary>
    public async Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await _hosts.StopSiloAsync(instance, isOrderly: true);
        return await _hosts.StartSiloAsync();
    }

    /// <summary>Stops all silos.</summary>
    public Task StopAllSilosAsync() => _hosts.StopAsync();

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
    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    /// <summary>Waits until a grain is gone.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => _hosts.Cluster.Directory.Find(grainId)?.Deactivated ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _hosts.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
