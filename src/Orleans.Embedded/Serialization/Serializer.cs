using System.Buffers;
using OrleansEmbedded.Serialization;

namespace Orleans.Serialization;

/// <summary>Turns values into bytes and back, in a form that keeps working when types grow: see <see cref="Orleans.GenerateSerializerAttribute"/>.</summary>
public sealed class Serializer
{
    internal Serializer()
    {
    }

    /// <summary>The bytes of a value.</summary>
    public byte[] SerializeToArray<T>(T value) => ValueWriter.ToArray(value);

    /// <summary>Writes a value.</summary>
    public void Serialize<T, TBufferWriter>(T value, TBufferWriter destination)
        where TBufferWriter : IBufferWriter<byte>
        => destination.Write(ValueWriter.ToArray(value));

    /// <summary>The value of bytes.</summary>
    public T Deserialize<T>(byte[] source) => ValueReader.Read<T>(source);

    /// <summary>The value of bytes.</summary>
    public T Deserialize<T>(ReadOnlyMemory<byte> source) => ValueReader.Read<T>(source.Span);

    /// <summary>The value of bytes.</summary>
    public T Deserialize<T>(ReadOnlySpan<byte> source) => ValueReader.Read<T>(source);

    /// <summary>Whether values of a type can be turned into bytes.</summary>
    public bool CanSerialize<T>() => CanSerialize(typeof(T));

    /// <summary>Whether values of a type can be turned into bytes.</summary>
    public bool CanSerialize(Type type) => TypeShapes.IsSupported(type);
}
