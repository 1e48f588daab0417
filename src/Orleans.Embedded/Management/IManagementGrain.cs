namespace Orleans.Runtime;

/// <summary>Looks into silos. Get it with key 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and what they do.</summary>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>Collects garbage on silos.</summary>
    Task ForceGarbageCollection(SiloAddress[] hostsIds);

    /// <summary>Deactivates what has been idle for an age, on silos.</summary>
    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);

    /// <summary>Deactivates what has been idle for an age, everywhere.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    /// <summary>Counts of activations by class, on silos.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    /// <summary>Counts of activations by class, everywhere.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>Activations, of some grain classes and silos or of all.</summary>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>The number of activations of a grain's class.</summary>
    Task<int> GetGrainActivationCount(GrainReference grainReference);

    /// <summary>The number of activations.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>The silo of a grain's activation; null when there is none.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    /// <summary>The active grains of a type.</summary>
    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);
}
