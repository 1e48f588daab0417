using System.Collections;

namespace OrleansEmbedded.Serialization;

/// <summary>Copies and writes a collection whose class is an implementation detail as the public type behind it.</summary>
internal sealed class StandInCodec(Type type, Type standIn) : Codec
{
    private readonly Codec _codec = TypeShapes.CodecFor(standIn);

    public override bool IsShared => false;

    public override object CopyObject(object value, CopyScope scope) => _codec.CopyObject(Convert(value), scope);

    public override void WriteObject(ValueWriter writer, object value) => _codec.WriteObject(writer, Convert(value));

    public override object ReadObject(ref ValueReader reader) => throw ValueReader.Corrupt($"a {type} is never stored as itself");

    private object Convert(object value)
    {
        if (standIn.IsInstanceOfType(value))
        {
            return value;
        }

        var items = ((IEnumerable)value).Cast<object?>().ToArray();
        var array = Array.CreateInstance(standIn.GetElementType()!, items.Length);
        for (var at = 0; at < items.Length; at++)
        {
            array.SetValue(items[at], at);
        }

        return array;
    }
}
