namespace OrleansEmbedded.Serialization;

/// <summary>Keys with values.</summary>
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
