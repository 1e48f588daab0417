using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace OrleansEmbedded.Serialization;

/// <summary>Builds collections from their items.</summary>
internal static class Rebuild
{
    public static Queue<T> Queue<T>(T[] items) => new(items);

    public static Stack<T> Stack<T>(T[] items) => new(items.Reverse());

    public static LinkedList<T> LinkedList<T>(T[] items) => new(items);

    public static SortedSet<T> SortedSet<T>(T[] items) => new(items);

    public static Collection<T> Collection<T>(T[] items) => new([.. items]);

    public static ReadOnlyCollection<T> ReadOnlyCollection<T>(T[] items) => new(items);

    public static ImmutableArray<T> ImmutableArray<T>(T[] items) => [.. items];

    public static ImmutableList<T> ImmutableList<T>(T[] items) => [.. items];

    public static ImmutableHashSet<T> ImmutableHashSet<T>(T[] items) => [.. items];

    public static ImmutableSortedSet<T> ImmutableSortedSet<T>(T[] items) => [.. items];

    public static FrozenSet<T> FrozenSet<T>(T[] items) => items.ToFrozenSet();

    public static ReadOnlyMemory<T> ReadOnlyMemory<T>(T[] items) => items;

    public static Memory<T> Memory<T>(T[] items) => items;

    public static ArraySegment<T> ArraySegment<T>(T[] items) => new(items);

    public static SortedDictionary<TKey, TValue> SortedDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => new(items.ToDictionary());

    public static SortedList<TKey, TValue> SortedList<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => new(items.ToDictionary());

    public static ConcurrentDictionary<TKey, TValue> ConcurrentDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => new(items);

    public static ReadOnlyDictionary<TKey, TValue> ReadOnlyDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => new(items.ToDictionary());

    public static ImmutableDictionary<TKey, TValue> ImmutableDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => items.ToImmutableDictionary();

    public static ImmutableSortedDictionary<TKey, TValue> ImmutableSortedDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => items.ToImmutableSortedDictionary();

    public static FrozenDictionary<TKey, TValue> FrozenDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => items.ToFrozenDictionary();
}
