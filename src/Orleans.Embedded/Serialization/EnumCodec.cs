using System.Runtime.CompilerServices;

namespace OrleansEmbedded.Serialization;

/// <summary>Enums as signed numbers, so that the underlying type may grow.</summary>
internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    public override bool IsShared => true;

    public override T Copy(T value, CopyScope scope) => value;

    public override void Write(ValueWriter writer, T value) => writer.WriteSigned(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.As<T, sbyte>(ref value),
        2 => Unsafe.As<T, short>(ref value),
        4 => Unsafe.As<T, int>(ref value),
        _ => Unsafe.As<T, long>(ref value),
    });

    public override T Read(ref ValueReader reader)
    {
        var number = reader.ReadSigned();
        return Unsafe.As<long, T>(ref number);
    }
}
