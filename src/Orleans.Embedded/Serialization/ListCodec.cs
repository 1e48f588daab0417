namespace OrleansEmbedded.Serialization;

/// <summary>Lists.</summary>
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
