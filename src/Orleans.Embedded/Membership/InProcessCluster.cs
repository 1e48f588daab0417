using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;
using OrleansEmbedded.Directory;
using OrleansEmbedded.Hosting;
using OrleansEmbedded.Observers;

namespace OrleansEmbedded.Membership;

/// <summary>The silos and clients of one process that form a cluster: membership, directory and observers. Calls go by object reference.</summary>
internal sealed class InProcessCluster
{
    private readonly Lock _gate = new();
    private ImmutableArray<SiloNode> _silos = [];
    private ImmutableDictionary<SiloAddress, SiloStatus> _statuses = ImmutableDictionary<SiloAddress, SiloStatus>.Empty;

    /// <summary>A silo has come or gone.</summary>
    public event Action? Changed;

    public GrainDirectory Directory { get; } = new();

    /// <summary>Objects outside grains that can be called, by their id.</summary>
    public ConcurrentDictionary<GrainId, ObserverTarget> Observers { get; } = new();

    /// <summary>Streams, storage in memory and the like that outlive single silos, by name.</summary>
    public ConcurrentDictionary<string, object> Shared { get; } = new();

    /// <summary>Silos that serve.</summary>
    public ImmutableArray<SiloNode> Silos => _silos;

    public ImmutableDictionary<SiloAddress, SiloStatus> Statuses => _statuses;

    public void SetStatus(SiloNode silo, SiloStatus status)
    {
        lock (_gate)
        {
            _statuses = _statuses.SetItem(silo.Address, status);
            _silos = _silos.Remove(silo);
            if (status == SiloStatus.Active)
            {
                _silos = _silos.Add(silo);
            }
        }

        Changed?.Invoke();
    }
}
