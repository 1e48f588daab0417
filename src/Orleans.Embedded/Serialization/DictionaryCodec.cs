namespace OrleansEmbedded.Serialization;

/// <summary>Dictionaries, with the comparers that are known by number.</summary>
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
