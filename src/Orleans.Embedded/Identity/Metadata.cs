using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>Lets an attribute of a grain class contribute properties of the grain type.</summary>
public interface IGrainPropertiesProviderAttribute
{
    /// <summary>Adds the attribute's properties.</summary>
    void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties);
}

/// <summary>Lets an attribute of a grain class bind it to something, for example a stream namespace.</summary>
public interface IGrainBindingsProviderAttribute
{
    /// <summary>The bindings, each as key-value pairs.</summary>
    IEnumerable<Dictionary<string, string>> GetBindings(IServiceProvider services, Type grainClass, GrainType grainType);
}

/// <summary>Lets an attribute name the grain type of a class.</summary>
public interface IGrainTypeProviderAttribute
{
    /// <summary>The grain type of <paramref name="type"/>.</summary>
    GrainType GetGrainType(IServiceProvider services, Type type);
}

/// <summary>Lets an attribute of a grain interface contribute properties.</summary>
public interface IGrainInterfacePropertiesProviderAttribute
{
    /// <summary>Adds the attribute's properties.</summary>
    void Populate(IServiceProvider services, Type interfaceType, Dictionary<string, string> properties);
}

/// <summary>Names of grain type properties.</summary>
public static class WellKnownGrainTypeProperties
{
    /// <summary>The class name without namespace.</summary>
    public const string TypeName = "type-name";

    /// <summary>The class name with namespace.</summary>
    public const string FullTypeName = "full-type-name";

    /// <summary>Whether every call may interleave.</summary>
    public const string Reentrant = "reentrant";

    /// <summary>The predicate that admits interleaving calls.</summary>
    public const string MayInterleavePredicate = "may-interleave-predicate";

    /// <summary>The placement strategy.</summary>
    public const string PlacementStrategy = "placement-strategy";

    /// <summary>How long an activation may be idle.</summary>
    public const string IdleDeactivationPeriod = "idle-duration";

    /// <summary>The value of <see cref="IdleDeactivationPeriod"/> that means for ever.</summary>
    public const string IndefiniteIdleDeactivationPeriodValue = "indefinite";
}

/// <summary>The string properties of a grain type.</summary>
public sealed class GrainProperties
{
    /// <summary>Wraps the properties.</summary>
    public GrainProperties(System.Collections.Immutable.ImmutableDictionary<string, string> values) => Properties = values;

    /// <summary>The properties by name.</summary>
    public System.Collections.Immutable.ImmutableDictionary<string, string> Properties { get; }
}
