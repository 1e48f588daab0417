using System.Reflection;

namespace OrleansEmbedded.Serialization;

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
