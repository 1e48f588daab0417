using OrleansEmbedded.Invocation;

namespace Orleans.Runtime;

/// <summary>Names a grain or observer, seen through one interface, and sends messages to it. Cheap, thread-safe, comparable and storable.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>, IFormattable
{
    private protected GrainReference(ProxyBinding binding)
    {
        Node = binding.Node;
        GrainId = binding.GrainId;
        InterfaceType = binding.InterfaceType;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainId { get; }

    /// <summary>The interface; default when the reference has none.</summary>
    public GrainInterfaceType InterfaceType { get; }

    /// <summary>The interface's version.</summary>
    public ushort InterfaceVersion => 0;

    /// <summary>The interface's name.</summary>
    public virtual string InterfaceName => InterfaceType.ToString();

    internal OrleansEmbedded.Hosting.ClusterNode Node { get; }

    internal OrleansEmbedded.Hosting.ClusterNode Runtime => Node;

    /// <summary>The same grain through another interface.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable
        => (TGrainInterface)Node.CreateReference(GrainId, typeof(TGrainInterface));

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => InterfaceType.IsDefault ? $"GrainReference:{GrainId}" : $"GrainReference:{GrainId}:{InterfaceType}";

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Whether two name the same grain.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2)
        => reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Whether two name different grains.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);
}
