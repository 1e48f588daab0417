using System.Reflection;

namespace OrleansEmbedded.Serialization;

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
