using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace OrleansEmbedded.Serialization;

/// <summary>Chooses codecs of collections and of the framework's small containers.</summary>
internal static class CollectionCodecs
{
    /// <summary>Generic containers and the codec class made for their type arguments.</summary>
    private static readonly FrozenDictionary<Type, Type> ByDefinition = new Dictionary<Type, Type>
    {
        [typeof(Nullable<>)] = typeof(NullableCodec<>),
        [typeof(KeyValuePair<,>)] = typeof(PairCodec<,>),
        [typeof(List<>)] = typeof(ListCodec<>),
        [typeof(HashSet<>)] = typeof(HashSetCodec<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCodec<,>),
    }.ToFrozenDictionary();

    /// <summary>Generic containers that are rebuilt from their items; the first argument of the method is the items.</summary>
    private static readonly FrozenDictionary<Type, string> BySequence = new Dictionary<Type, string>
    {
        [typeof(Queue<>)] = nameof(Rebuild.Queue),
        [typeof(Stack<>)] = nameof(Rebuild.Stack),
        [typeof(LinkedList<>)] = nameof(Rebuild.LinkedList),
        [typeof(SortedSet<>)] = nameof(Rebuild.SortedSet),
        [typeof(Collection<>)] = nameof(Rebuild.Collection),
        [typeof(ReadOnlyCollection<>)] = nameof(Rebuild.ReadOnlyCollection),
        [typeof(ImmutableArray<>)] = nameof(Rebuild.ImmutableArray),
        [typeof(ImmutableList<>)] = nameof(Rebuild.ImmutableList),
        [typeof(ImmutableHashSet<>)] = nameof(Rebuild.ImmutableHashSet),
        [typeof(ImmutableSortedSet<>)] = nameof(Rebuild.ImmutableSortedSet),
        [typeof(FrozenSet<>)] = nameof(Rebuild.FrozenSet),
        [typeof(ReadOnlyMemory<>)] = nameof(Rebuild.ReadOnlyMemory),
        [typeof(Memory<>)] = nameof(Rebuild.Memory),
        [typeof(ArraySegment<>)] = nameof(Rebuild.ArraySegment),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> ByPairs = new Dictionary<Type, string>
    {
        [typeof(SortedDictionary<,>)] = nameof(Rebuild.SortedDictionary),
        [typeof(SortedList<,>)] = nameof(Rebuild.SortedList),
        [typeof(ConcurrentDictionary<,>)] = nameof(Rebuild.ConcurrentDictionary),
        [typeof(ReadOnlyDictionary<,>)] = nameof(Rebuild.ReadOnlyDictionary),
        [typeof(ImmutableDictionary<,>)] = nameof(Rebuild.ImmutableDictionary),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(Rebuild.ImmutableSortedDictionary),
        [typeof(FrozenDictionary<,>)] = nameof(Rebuild.FrozenDictionary),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Type> ByName = ByDefinition.Keys.Concat(BySequence.Keys).Concat(ByPairs.Keys)
        .Concat([typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>)])
        // As type arguments only: an interface is never made itself.
        .Concat([typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(ISet<>), typeof(IDictionary<,>)])
        .Concat([typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(IReadOnlySet<>), typeof(IReadOnlyDictionary<,>)])
        .Concat([typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>)])
        .ToFrozenDictionary(type => type.FullName!, StringComparer.Ordinal);

    public static Type? Find(string name) => ByName.GetValueOrDefault(name);

    public static Codec? Create(Type type)
    {
        if (type.IsArray)
        {
            return type.IsSZArray ? Make(typeof(ArrayCodec<>), type.GetElementType()!) : null;
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (ByDefinition.TryGetValue(definition, out var codec))
        {
            return Make(codec, arguments);
        }

        if (typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type) && type.Assembly == typeof(object).Assembly)
        {
            return Make(typeof(TupleCodec<>), type);
        }

        if (BySequence.TryGetValue(definition, out var sequence))
        {
            return Make(typeof(SequenceCodec<,>), [type, arguments[0]], sequence);
        }

        if (ByPairs.TryGetValue(definition, out var pairs))
        {
            return Make(typeof(PairsCodec<,,>), [type, .. arguments], pairs);
        }

        // Frozen and sorted collections have derived types of their own; lists that only the compiler names stand in for arrays.
        if (BaseIn(type, BySequence.ContainsKey) is { } sequenceBase)
        {
            return new StandInCodec(type, sequenceBase);
        }

        if (BaseIn(type, ByPairs.ContainsKey) is { } pairsBase)
        {
            return new StandInCodec(type, pairsBase);
        }

        return StandIn(type) is { } standIn ? new StandInCodec(type, standIn) : null;
    }

    /// <summary>The type stored instead of one that is only an implementation detail; null for types stored as themselves.</summary>
    public static Type? StandIn(Type type)
    {
        if (!type.IsGenericType || ByName.ContainsKey(type.GetGenericTypeDefinition().FullName ?? string.Empty))
        {
            return null;
        }

        if (BaseIn(type, candidate => BySequence.ContainsKey(candidate) || ByPairs.ContainsKey(candidate)) is { } known)
        {
            return known;
        }

        if (type.IsDefined(typeof(Orleans.GenerateSerializerAttribute), inherit: false)
            || !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false))
        {
            return null;
        }

        var list = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyList<>));
        return list?.GetGenericArguments()[0].MakeArrayType();
    }

    private static Type? BaseIn(Type type, Func<Type, bool> isKnown)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.IsGenericType && isKnown(at.GetGenericTypeDefinition()))
            {
                return at;
            }
        }

        return null;
    }

    private static Codec Make(Type codec, params Type[] arguments) => (Codec)Activator.CreateInstance(codec.MakeGenericType(arguments))!;

    private static Codec Make(Type codec, Type[] arguments, string rebuild)
    {
        var items = arguments[1..];
        var method = typeof(Rebuild).GetMethod(rebuild)!.MakeGenericMethod(items);
        return (Codec)Activator.CreateInstance(codec.MakeGenericType(arguments), method)!;
    }
}
