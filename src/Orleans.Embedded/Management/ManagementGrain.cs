using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Hosting;

namespace OrleansEmbedded.Management;

/// <summary>Answers questions about the silos of the cluster.</summary>
[GrainType("sys.management")]
internal sealed class ManagementGrain(SiloNode silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false)
        => Task.FromResult(silo.GetApproximateSiloStatuses(onlyActive));

    public Task ForceGarbageCollection(SiloAddress[] hostsIds)
    {
        GC.Collect();
        return Task.CompletedTask;
    }

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit)
    {
        foreach (var host in Silos(hostsIds))
        {
            host.ReadTime();
            host.Catalog.CollectIdle(ageLimit);
        }

        return Task.CompletedTask;
    }

    public Task ForceActivationCollection(TimeSpan ageLimit) => ForceActivationCollection([], ageLimit);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds)
        => Task.FromResult<SimpleGrainStatistic[]>([.. Silos(hostsIds).SelectMany(host => host.Catalog.All
            .GroupBy(activation => activation.Class.Type.FullName!)
            .Select(group => new SimpleGrainStatistic { GrainType = group.Key, SiloAddress = host.Address, ActivationCount = group.Count() }))]);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([]);

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null)
        => Task.FromResult<DetailedGrainStatistic[]>([.. Silos(hostsIds).SelectMany(host => host.Catalog.All
            .Where(activation => types is null || types.Length == 0 || types.Contains(activation.Class.Type.FullName))
            .Select(activation => new DetailedGrainStatistic { GrainType = activation.Class.Type.FullName!, SiloAddress = host.Address, GrainId = activation.GrainId }))]);

    public Task<int> GetGrainActivationCount(GrainReference grainReference)
    {
        ArgumentNullException.ThrowIfNull(grainReference);
        return Task.FromResult(All().Count(activation => activation.GrainId.Type == grainReference.GrainId.Type));
    }

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Cluster.Silos.Sum(host => host.Catalog.Count));

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
        => new(silo.Cluster.Directory.Find(reference.GetGrainId())?.Silo.Address);

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type)
        => new([.. All().Where(activation => activation.GrainId.Type == type).Select(activation => activation.GrainId)]);

    private IEnumerable<GrainActivation> All() => silo.Cluster.Silos.SelectMany(host => host.Catalog.All);

    private IEnumerable<SiloNode> Silos(SiloAddress[]? addresses)
        => silo.Cluster.Silos.Where(host => addresses is null || addresses.Length == 0 || addresses.Contains(host.Address));
}
