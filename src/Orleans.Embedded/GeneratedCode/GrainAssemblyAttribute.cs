namespace OrleansEmbedded.GeneratedCode;

/// <summary>Names the generated description of an assembly's grains. Written by the source generator.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainAssemblyAttribute : Attribute
{
    /// <summary>Names the description, a class derived from <see cref="GrainAssembly"/>.</summary>
    public GrainAssemblyAttribute(Type description) => Description = description;

    /// <summary>The description.</summary>
    public Type Description { get; }
}

/// <summary>What the source generator knows of one assembly.</summary>
public abstract class GrainAssembly
{
    /// <summary>Grain and observer interfaces with their proxies; generic ones as open types.</summary>
    public abstract IReadOnlyList<(Type Interface, Type Proxy)> Interfaces { get; }

    /// <summary>Grain classes.</summary>
    public abstract IReadOnlyList<Type> Classes { get; }

    /// <summary>Types with <c>[GenerateSerializer]</c>.</summary>
    public abstract IReadOnlyList<Type> Serializable { get; }
}
