using System.Runtime.CompilerServices;

namespace OrleansEmbedded.Serialization;

/// <summary>Tuples by their fields.</summary>
internal sealed class TupleCodec<T> : Codec<T>
{
    private readonly Member<T>[] _members = MemberReader.Fields<T>();

    public override bool IsShared => Array.TrueForAll(_members, member => member.IsShared);

    public override T Copy(T value, CopyScope scope)
    {
        if (IsShared)
        {
            return value;
        }

        var copy = New();
        foreach (var member in _members)
        {
            member.Copy(ref value, ref copy, scope);
        }

        return copy;
    }

    public override void Write(ValueWriter writer, T value)
    {
        foreach (var member in _members)
        {
            member.Write(writer, ref value);
        }
    }

    public override T Read(ref ValueReader reader)
    {
        var value = New();
        foreach (var member in _members)
        {
            member.Read(ref reader, ref value);
        }

        return value;
    }

    private static T New() => typeof(T).IsValueType ? default! : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
