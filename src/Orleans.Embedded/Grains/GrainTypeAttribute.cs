using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a class, instead of the class name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute : Attribute, IGrainTypeProviderAttribute
{
    private readonly GrainType _grainType;

    /// <summary>Sets the name.</summary>
    public GrainTypeAttribute(string grainType) => _grainType = GrainType.Create(grainType);

    /// <inheritdoc/>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
