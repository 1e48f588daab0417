namespace OrleansEmbedded.Serialization;

/// <summary>Sets, with the comparers that are known by number.</summary>
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
