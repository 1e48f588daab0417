namespace OrleansEmbedded.Serialization;

/// <summary>The comparers that sets and dictionaries keep when they are stored.</summary>
internal static class Comparers
{
    public static byte KindOf(object? comparer)
        => ReferenceEquals(comparer, StringComparer.OrdinalIgnoreCase) ? (byte)2 : ReferenceEquals(comparer, StringComparer.Ordinal) ? (byte)1 : (byte)0;

    public static IEqualityComparer<T>? Of<T>(byte kind) => kind switch
    {
        1 => (IEqualityComparer<T>)(object)StringComparer.Ordinal,
        2 => (IEqualityComparer<T>)(object)StringComparer.OrdinalIgnoreCase,
        _ => null,
    };
}
