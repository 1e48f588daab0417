namespace OrleansEmbedded.Serialization;

/// <summary>Copies, writes and reads values of exactly one type; null and derived types are the <see cref="Slot{T}"/>'s matter.</summary>
internal abstract class Codec
{
    /// <summary>Whether a value may be shared instead of copied.</summary>
    public abstract bool IsShared { get; }

    public abstract object CopyObject(object value, CopyScope scope);

    public abstract void WriteObject(ValueWriter writer, object value);

    public abstract object ReadObject(ref ValueReader reader);
}

/// <summary>Copies, writes and reads values of exactly one type.</summary>
internal abstract class Codec<T> : Codec
{
    public abstract T Copy(T value, CopyScope scope);

    public abstract void Write(ValueWriter writer, T value);

    public abstract T Read(ref ValueReader reader);

    public sealed override object CopyObject(object value, CopyScope scope) => Copy((T)value, scope)!;

    public sealed override void WriteObject(ValueWriter writer, object value) => Write(writer, (T)value);

    public sealed override object ReadObject(ref ValueReader reader) => Read(ref reader)!;
}

internal delegate void WriteValue<T>(ValueWriter writer, T value);

internal delegate T ReadValue<T>(ref ValueReader reader);

/// <summary>A codec of an immutable type made of two functions.</summary>
internal sealed class PlainCodec<T>(WriteValue<T> write, ReadValue<T> read) : Codec<T>
{
    public override bool IsShared => true;

    public override T Copy(T value, CopyScope scope) => value;

    public override void Write(ValueWriter writer, T value) => write(writer, value);

    public override T Read(ref ValueReader reader) => read(ref reader);
}
