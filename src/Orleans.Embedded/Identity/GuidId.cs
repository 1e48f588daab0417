namespace Orleans.Runtime;

/// <summary>A GUID as an object.</summary>
public sealed class GuidId : IEquatable<GuidId>, IComparable<GuidId>
{
    private GuidId(Guid guid) => Guid = guid;

    /// <summary>The GUID.</summary>
#pragma warning disable CA1051 // Orleans exposes the field.
    public readonly Guid Guid;
#pragma warning restore CA1051

    /// <summary>Wraps a GUID.</summary>
    public static GuidId GetGuidId(Guid guid) => new(guid);

    /// <summary>Wraps a new GUID.</summary>
    public static GuidId GetNewGuidId() => new(OrleansEmbedded.Identity.UniqueIds.Next());

    /// <inheritdoc/>
    public bool Equals(GuidId? other) => other is not null && Guid == other.Guid;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuidId);

    /// <inheritdoc/>
    public override int GetHashCode() => Guid.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GuidId? other) => other is null ? 1 : Guid.CompareTo(other.Guid);

    /// <inheritdoc/>
    public override string ToString() => Guid.ToString();
}
