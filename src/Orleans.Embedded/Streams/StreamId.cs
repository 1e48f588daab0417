using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>The identity of a stream within a provider: a namespace and a key.</summary>
[Immutable]
[GenerateSerializer]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>, IFormattable
{
    [Id(0)]
    private readonly byte[] _fullKey;
    [Id(1)]
    private readonly int _namespaceLength;

    private StreamId(byte[] fullKey, int namespaceLength)
    {
        _fullKey = fullKey;
        _namespaceLength = namespaceLength;
    }

    /// <summary>Namespace and key, one after the other.</summary>
    public ReadOnlyMemory<byte> FullKey => _fullKey;

    /// <summary>The namespace.</summary>
    public ReadOnlyMemory<byte> Namespace => FullKey[.._namespaceLength];

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> Key => FullKey[_namespaceLength..];

    /// <summary>A stream with a GUID key.</summary>
    public static StreamId Create(string? ns, Guid key) => Create(ns, key.ToString("N"));

    /// <summary>A stream with an integer key.</summary>
    public static StreamId Create(string? ns, long key) => Create(ns, key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>A stream with a string key; not empty.</summary>
    public static StreamId Create(string? ns, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Create(Encoding.UTF8.GetBytes(ns ?? string.Empty), Encoding.UTF8.GetBytes(key));
    }

    /// <summary>A stream from bytes.</summary>
    public static StreamId Create(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> key)
    {
        var full = new byte[ns.Length + key.Length];
        ns.CopyTo(full);
        key.CopyTo(full.AsSpan(ns.Length));
        return new StreamId(full, ns.Length);
    }

    /// <summary>The key as text.</summary>
    public string GetKeyAsString() => Encoding.UTF8.GetString(Key.Span);

    /// <summary>The namespace as text; null when there is none.</summary>
    public string? GetNamespace() => _namespaceLength == 0 ? null : Encoding.UTF8.GetString(Namespace.Span);

    /// <inheritdoc/>
    public bool Equals(StreamId other) => _namespaceLength == other._namespaceLength && FullKey.Span.SequenceEqual(other.FullKey.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_namespaceLength, StableHash.ComputeHash(FullKey.Span));

    /// <inheritdoc/>
    public int CompareTo(StreamId other) => FullKey.Span.SequenceCompareTo(other.FullKey.Span);

    /// <inheritdoc/>
    public override string ToString() => $"{(_namespaceLength == 0 ? "null" : GetNamespace())}/{GetKeyAsString()}";

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);
}
