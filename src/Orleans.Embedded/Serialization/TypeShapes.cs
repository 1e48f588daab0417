using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace OrleansEmbedded.Serialization;

/// <summary>Chooses the codec of a type.</summary>
internal static class TypeShapes
{
    private static readonly ConcurrentDictionary<Type, Codec> Codecs = new();

    public static Codec CodecFor(Type type) => Codecs.TryGetValue(type, out var codec) ? codec : Codecs.GetOrAdd(type, Create(type));

    public static bool IsSupported(Type type)
    {
        if (type.IsInterface || type.IsAbstract || type == typeof(object))
        {
            return true;
        }

        try
        {
            CodecFor(type);
            return true;
        }
        catch (CodecNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether every value of a static type is immutable.</summary>
    public static bool IsImmutable(Type type)
        => type == typeof(string) || type.IsDefined(typeof(ImmutableAttribute), inherit: false) || typeof(GrainReference).IsAssignableFrom(type)
            || typeof(Exception).IsAssignableFrom(type) || PlainCodecs.IsKnown(type);

    /// <summary>The type that is named in stored data for a value; differs for types that only stand in for another.</summary>
    public static Type StoredTypeOf(Type type, object value)
    {
        if (value is GrainReference)
        {
            return typeof(GrainReference);
        }

        if (value is Exception)
        {
            return typeof(Exception);
        }

        return CollectionCodecs.StandIn(type) ?? type;
    }

    public static Type? FindFrameworkType(string name)
        => PlainCodecs.Find(name) ?? CollectionCodecs.Find(name) ?? (name == typeof(GrainReference).FullName ? typeof(GrainReference)
            : name == typeof(Exception).FullName ? typeof(Exception) : null);

    private static Codec Create(Type type)
    {
        if (PlainCodecs.Create(type) is { } plain)
        {
            return plain;
        }

        if (type.IsEnum)
        {
            return Make(typeof(EnumCodec<>), type);
        }

        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return Make(typeof(ReferenceCodec<>), type);
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return Make(typeof(ExceptionCodec<>), type);
        }

        if (CollectionCodecs.Create(type) is { } collection)
        {
            return collection;
        }

        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            return Make(typeof(MemberCodec<>), type);
        }

        throw new CodecNotFoundException($"Could not find a codec for type {type}: mark it with [GenerateSerializer] and its members with [Id].");
    }

    private static Codec Make(Type codec, params Type[] arguments) => (Codec)Activator.CreateInstance(codec.MakeGenericType(arguments), nonPublic: true)!;
}
