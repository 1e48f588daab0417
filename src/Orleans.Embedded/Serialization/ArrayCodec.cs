namespace OrleansEmbedded.Serialization;

/// <summary>Arrays; bytes as they are.</summary>
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
