using System.Diagnostics.CodeAnalysis;

namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>Compares tags by content, also straight from the span of a recording, so that a known series is found without allocating.</summary>
internal sealed class TagSetComparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
{
    public static TagSetComparer Instance { get; } = new();

    public bool Equals(TagSet x, TagSet y) => Equals(x.Tags, y);

    public int GetHashCode([DisallowNull] TagSet obj) => GetHashCode(obj.Tags.AsSpan());

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
    {
        if (alternate.Length != other.Tags.Length)
        {
            return false;
        }
        for (var i = 0; i < alternate.Length; i++)
        {
            if (!string.Equals(alternate[i].Key, other.Tags[i].Key, StringComparison.Ordinal) || !Equals(alternate[i].Value, other.Tags[i].Value))
            {
                return false;
            }
        }
        return true;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var code = new HashCode();
        foreach (var (key, value) in alternate)
        {
            code.Add(key, StringComparer.Ordinal);
            code.Add(value);
        }
        return code.ToHashCode();
    }

    public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());
}
