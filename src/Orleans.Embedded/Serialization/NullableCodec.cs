namespace OrleansEmbedded.Serialization;

/// <summary>Nullable values: a byte that says whether there is one, then it.</summary>
internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private readonly Slot<T> _slot = Slots.For<T>();

    public override bool IsShared => _slot.IsShared;

    public override T? Copy(T? value, CopyScope scope) => value is { } some ? _slot.Copy(some, scope) : null;

    public override void Write(ValueWriter writer, T? value)
    {
        writer.WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is { } some)
        {
            _slot.Write(writer, some);
        }
    }

    public override T? Read(ref ValueReader reader) => reader.ReadByte() == 0 ? null : _slot.Read(ref reader);
}
