using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrleansEmbedded.Serialization;

internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private readonly Slot<T> _slot = Slots.For<T>();

    public override bool IsShared => _slot.IsShared;

    public override T? Copy(T? value, CopyScope scope) => value is { } some ? _slot.Copy(some, scope) : null;

    public override void Write(ValueWriter writer, T? value)
    {
        writer.WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is { } some)
        {
            _slot.Write(writer, some);
        }
    }

    public override T? Read(ref ValueReader reader) => reader.ReadByte() == 0 ? null : _slot.Read(ref reader);
}

internal sealed class PairCodec<TKey, TValue> : Codec<KeyValuePair<TKey, TValue>>
{
    private readonly Slot<TKey> _key = Slots.For<TKey>();
    private readonly Slot<TValue> _value = Slots.For<TValue>();

    public override bool IsShared => _key.IsShared && _value.IsShared;

    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyScope scope)
        => new(_key.Copy(value.Key, scope), _value.Copy(value.Value, scope));

    public override void Write(ValueWriter writer, KeyValuePair<TKey, TValue> value)
    {
        _key.Write(writer, value.Key);
        _value.Write(writer, value.Value);
    }

    public override KeyValuePair<TKey, TValue> Read(ref ValueReader reader) => new(_key.Read(ref reader), _value.Read(ref reader));
}

internal sealed class ArrayCodec<T> : Codec<T[]>
{
    private readonly Slot<T> _slot = Slots.For<T>();

    public override bool IsShared => false;

    public override T[] Copy(T[] value, CopyScope scope)
    {
        if (value.Length == 0)
        {
            return value;
        }

        if (_slot.IsShared)
        {
            return value.AsSpan().ToArray();
        }

        var copy = new T[value.Length];
        scope.Add(value, copy);
        for (var at = 0; at < value.Length; at++)
        {
            copy[at] = _slot.Copy(value[at], scope);
        }

        return copy;
    }

    public override void Write(ValueWriter writer, T[] value)
    {
        writer.WriteUnsigned((ulong)value.Length);
        if (value is byte[] bytes)
        {
            writer.WriteBytes(bytes);
            return;
        }

        foreach (var item in value)
        {
            _slot.Write(writer, item);
        }
    }

    public override T[] Read(ref ValueReader reader)
    {
        var count = reader.ReadCount();
        if (typeof(T) == typeof(byte))
        {
            return (T[])(object)reader.Take(count).ToArray();
        }

        var value = new T[count];
        reader.ResolveLast(value);
        for (var at = 0; at < value.Length; at++)
        {
            value[at] = _slot.Read(ref reader);
        }

        return value;
    }
}

internal sealed class ListCodec<T> : Codec<List<T>>
{
    private readonly Slot<T> _slot = Slots.For<T>();

    public override bool IsShared => false;

    public override List<T> Copy(List<T> value, CopyScope scope)
    {
        if (_slot.IsShared)
        {
            return [.. value];
        }

        var copy = new List<T>(value.Count);
        scope.Add(value, copy);
        foreach (var item in value)
        {
            copy.Add(_slot.Copy(item, scope));
        }

        return copy;
    }

    public override void Write(ValueWriter writer, List<T> value)
    {
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var item in value)
        {
            _slot.Write(writer, item);
        }
    }

    public override List<T> Read(ref ValueReader reader)
    {
        var count = reader.ReadCount();
        var value = new List<T>(count);
        reader.ResolveLast(value);
        for (var at = 0; at < count; at++)
        {
            value.Add(_slot.Read(ref reader));
        }

        return value;
    }
}

internal sealed class HashSetCodec<T> : Codec<HashSet<T>>
{
    private readonly Slot<T> _slot = Slots.For<T>();

    public override bool IsShared => false;

    public override HashSet<T> Copy(HashSet<T> value, CopyScope scope)
    {
        var copy = new HashSet<T>(value.Count, value.Comparer);
        scope.Add(value, copy);
        foreach (var item in value)
        {
            copy.Add(_slot.Copy(item, scope));
        }

        return copy;
    }

    public override void Write(ValueWriter writer, HashSet<T> value)
    {
        writer.WriteByte(Comparers.KindOf(value.Comparer));
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var item in value)
        {
            _slot.Write(writer, item);
        }
    }

    public override HashSet<T> Read(ref ValueReader reader)
    {
        var value = new HashSet<T>(Comparers.Of<T>(reader.ReadByte()));
        reader.ResolveLast(value);
        var count = reader.ReadCount();
        for (var at = 0; at < count; at++)
        {
            value.Add(_slot.Read(ref reader));
        }

        return value;
    }
}

internal sealed class DictionaryCodec<TKey, TValue> : Codec<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    private readonly Slot<TKey> _key = Slots.For<TKey>();
    private readonly Slot<TValue> _value = Slots.For<TValue>();

    public override bool IsShared => false;

    public override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, CopyScope scope)
    {
        if (_key.IsShared && _value.IsShared)
        {
            return new Dictionary<TKey, TValue>(value, value.Comparer);
        }

        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        scope.Add(value, copy);
        foreach (var pair in value)
        {
            copy[_key.Copy(pair.Key, scope)] = _value.Copy(pair.Value, scope);
        }

        return copy;
    }

    public override void Write(ValueWriter writer, Dictionary<TKey, TValue> value)
    {
        writer.WriteByte(Comparers.KindOf(value.Comparer));
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var pair in value)
        {
            _key.Write(writer, pair.Key);
            _value.Write(writer, pair.Value);
        }
    }

    public override Dictionary<TKey, TValue> Read(ref ValueReader reader)
    {
        var value = new Dictionary<TKey, TValue>(Comparers.Of<TKey>(reader.ReadByte()));
        reader.ResolveLast(value);
        var count = reader.ReadCount();
        for (var at = 0; at < count; at++)
        {
            value[_key.Read(ref reader)] = _value.Read(ref reader);
        }

        return value;
    }
}

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

/// <summary>Collections rebuilt from an array of their items.</summary>
internal sealed class SequenceCodec<TSequence, T>(MethodInfo rebuild) : Codec<TSequence>
{
    private readonly Func<T[], TSequence> _rebuild = rebuild.CreateDelegate<Func<T[], TSequence>>();
    private readonly Slot<T> _slot = Slots.For<T>();
    private readonly bool _isImmutable = typeof(TSequence).Namespace is "System.Collections.Immutable" or "System.Collections.Frozen";

    public override bool IsShared => _isImmutable && _slot.IsShared;

    public override TSequence Copy(TSequence value, CopyScope scope)
    {
        if (IsShared || IsDefaultArray(value))
        {
            return value;
        }

        var items = Items(value);
        for (var at = 0; at < items.Length && !_slot.IsShared; at++)
        {
            items[at] = _slot.Copy(items[at], scope);
        }

        return _rebuild(items);
    }

    public override void Write(ValueWriter writer, TSequence value)
    {
        var items = IsDefaultArray(value) ? [] : Items(value);
        writer.WriteUnsigned((ulong)items.Length);
        foreach (var item in items)
        {
            _slot.Write(writer, item);
        }
    }

    public override TSequence Read(ref ValueReader reader)
    {
        var items = new T[reader.ReadCount()];
        for (var at = 0; at < items.Length; at++)
        {
            items[at] = _slot.Read(ref reader);
        }

        return _rebuild(items);
    }

    private static bool IsDefaultArray(TSequence value) => value is System.Collections.Immutable.ImmutableArray<T> { IsDefault: true };

    private static T[] Items(TSequence value) => value switch
    {
        ReadOnlyMemory<T> memory => memory.ToArray(),
        Memory<T> memory => memory.ToArray(),
        IEnumerable<T> items => [.. items],
        _ => throw new NotSupportedException(typeof(TSequence).FullName),
    };
}

/// <summary>Dictionaries rebuilt from an array of their pairs.</summary>
internal sealed class PairsCodec<TDictionary, TKey, TValue>(MethodInfo rebuild) : Codec<TDictionary>
    where TDictionary : IEnumerable<KeyValuePair<TKey, TValue>>
{
    private readonly Func<KeyValuePair<TKey, TValue>[], TDictionary> _rebuild = rebuild.CreateDelegate<Func<KeyValuePair<TKey, TValue>[], TDictionary>>();
    private readonly PairCodec<TKey, TValue> _pair = new();
    private readonly bool _isImmutable = typeof(TDictionary).Namespace is "System.Collections.Immutable" or "System.Collections.Frozen";

    public override bool IsShared => _isImmutable && _pair.IsShared;

    public override TDictionary Copy(TDictionary value, CopyScope scope)
        => IsShared ? value : _rebuild([.. value.Select(pair => _pair.Copy(pair, scope))]);

    public override void Write(ValueWriter writer, TDictionary value)
    {
        KeyValuePair<TKey, TValue>[] pairs = [.. value];
        writer.WriteUnsigned((ulong)pairs.Length);
        foreach (var pair in pairs)
        {
            _pair.Write(writer, pair);
        }
    }

    public override TDictionary Read(ref ValueReader reader)
    {
        var pairs = new KeyValuePair<TKey, TValue>[reader.ReadCount()];
        for (var at = 0; at < pairs.Length; at++)
        {
            pairs[at] = _pair.Read(ref reader);
        }

        return _rebuild(pairs);
    }
}

/// <summary>Tuples by their fields.</summary>
internal sealed class TupleCodec<T> : Codec<T>
{
    private readonly Member<T>[] _members = MemberReader.Fields<T>();

    public override bool IsShared => Array.TrueForAll(_members, member => member.IsShared);

    public override T Copy(T value, CopyScope scope)
    {
        if (IsShared)
        {
            return value;
        }

        var copy = New();
        foreach (var member in _members)
        {
            member.Copy(ref value, ref copy, scope);
        }

        return copy;
    }

    public override void Write(ValueWriter writer, T value)
    {
        foreach (var member in _members)
        {
            member.Write(writer, ref value);
        }
    }

    public override T Read(ref ValueReader reader)
    {
        var value = New();
        foreach (var member in _members)
        {
            member.Read(ref reader, ref value);
        }

        return value;
    }

    private static T New() => typeof(T).IsValueType ? default! : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
