using System.Collections.Concurrent;
using System.Reflection;
using Orleans;

namespace OrleansEmbedded.Serialization;

/// <summary>A place that holds a value of a static type: adds null, derived types and repeated references to the codec.</summary>
internal abstract class Slot<T>
{
    /// <summary>Whether every value of the static type may be shared.</summary>
    public abstract bool IsShared { get; }

    public abstract T Copy(T value, CopyScope scope);

    public abstract void Write(ValueWriter writer, T value);

    public abstract T Read(ref ValueReader reader);
}

/// <summary>Finds the slot of a type, once.</summary>
internal static class Slots
{
    public static Slot<T> For<T>() => Cache<T>.Value;

    private static class Cache<T>
    {
        public static readonly Slot<T> Value = typeof(T).IsValueType ? new ValueSlot<T>() : new ReferenceSlot<T>();
    }
}

/// <summary>A slot of a value type: the codec and nothing else.</summary>
internal sealed class ValueSlot<T> : Slot<T>
{
    private Codec<T>? _codec;

    public override bool IsShared => Codec.IsShared;

    private Codec<T> Codec => _codec ??= (Codec<T>)TypeShapes.CodecFor(typeof(T));

    public override T Copy(T value, CopyScope scope) => Codec.Copy(value, scope);

    public override void Write(ValueWriter writer, T value) => Codec.Write(writer, value);

    public override T Read(ref ValueReader reader) => Codec.Read(ref reader);
}

/// <summary>A slot of a reference type. Written as: 0 null, 1 seen before, 2 of the static type, 3 of a named type.</summary>
internal sealed class ReferenceSlot<T> : Slot<T>
{
    private readonly bool _isImmutable = TypeShapes.IsImmutable(typeof(T));
    private Codec? _own;

    public override bool IsShared => _isImmutable;

    public override T Copy(T value, CopyScope scope)
    {
        if (value is null || _isImmutable)
        {
            return value;
        }

        var codec = CodecOf(value.GetType());
        if (codec.IsShared)
        {
            return value;
        }

        if (scope.TryGet(value, out var copy))
        {
            return (T)copy;
        }

        scope.Enter();
        copy = codec.CopyObject(value, scope);
        scope.Add(value, copy);
        scope.Leave();
        return (T)copy;
    }

    public override void Write(ValueWriter writer, T value)
    {
        if (value is null)
        {
            writer.WriteByte(0);
            return;
        }

        var type = value.GetType();
        if (type != typeof(string) && writer.TryWriteReference(value))
        {
            return;
        }

        var codec = CodecOf(type);
        if (type == typeof(T))
        {
            writer.WriteByte(2);
        }
        else
        {
            writer.WriteByte(3);
            writer.WriteTypeName(TypeNameText.NameOf(TypeShapes.StoredTypeOf(type, value)));
        }

        writer.Enter();
        codec.WriteObject(writer, value);
        writer.Leave();
    }

    public override T Read(ref ValueReader reader)
    {
        var place = reader.Place;
        var kind = reader.ReadByte();
        switch (kind)
        {
            case 0:
                return default!;
            case 1:
                return (T)reader.ReadReference();
            case 2:
                return ReadBody(ref reader, typeof(T), place);
            case 3:
                return ReadBody(ref reader, TypeNameText.Resolve(reader.ReadTypeName()), place);
            default:
                throw ValueReader.Corrupt($"unknown kind {kind} where a {typeof(T)} should be");
        }
    }

    private T ReadBody(ref ValueReader reader, Type type, int place)
    {
        if (type == typeof(string))
        {
            return (T)CodecOf(type).ReadObject(ref reader);
        }

        if (!typeof(T).IsAssignableFrom(type) && type != typeof(Orleans.Runtime.GrainReference))
        {
            throw ValueReader.Corrupt($"a {type} where a {typeof(T)} should be");
        }

        var index = reader.Reserve(place);
        var value = CodecOf(type).ReadObject(ref reader);
        reader.Resolve(index, value);
        return (T)value;
    }

    private Codec CodecOf(Type type)
        => type == typeof(T) ? _own ??= TypeShapes.CodecFor(type) : TypeShapes.CodecFor(type);
}
