using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Says where a new activation is put.</summary>
public abstract class PlacementStrategy
{
    /// <summary>Whether activations are registered in the directory, so that there is one per id in the cluster.</summary>
    public virtual bool IsUsingGrainDirectory => true;

    /// <summary>Reads settings from the grain type's properties.</summary>
    public virtual void Initialize(GrainProperties properties)
    {
    }

    /// <summary>Adds settings to the grain type's properties.</summary>
    public virtual void PopulateGrainProperties(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties[WellKnownGrainTypeProperties.PlacementStrategy] = GetType().Name;
    }
}

/// <summary>A random silo.</summary>
public sealed class RandomPlacement : PlacementStrategy;

/// <summary>The caller's silo.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy;

/// <summary>The silo chosen by the hash of the id.</summary>
public sealed class HashBasedPlacement : PlacementStrategy;

/// <summary>The silo with the fewest activations.</summary>
public sealed class ActivationCountBasedPlacement : PlacementStrategy;

/// <summary>The silo with the most free resources.</summary>
public sealed class ResourceOptimizedPlacement : PlacementStrategy;
