namespace OrleansEmbedded.Serialization;

internal delegate TMember GetMember<TOwner, TMember>(ref TOwner owner);

internal delegate void SetMember<TOwner, TMember>(ref TOwner owner, TMember value);

/// <summary>One serialized member of a type.</summary>
internal abstract class Member<TOwner>(uint id)
{
    public uint Id { get; } = id;

    public abstract bool IsShared { get; }

    public abstract void Copy(ref TOwner from, ref TOwner to, CopyScope scope);

    public abstract void Write(ValueWriter writer, ref TOwner owner);

    public abstract void Read(ref ValueReader reader, ref TOwner owner);
}

/// <summary>One serialized member of a type.</summary>
internal sealed class Member<TOwner, TMember>(uint id, bool isImmutable, GetMember<TOwner, TMember> get, SetMember<TOwner, TMember> set) : Member<TOwner>(id)
{
    private readonly Slot<TMember> _slot = Slots.For<TMember>();

    public override bool IsShared => isImmutable || _slot.IsShared;

    public override void Copy(ref TOwner from, ref TOwner to, CopyScope scope)
    {
        var value = get(ref from);
        set(ref to, isImmutable ? value : _slot.Copy(value, scope));
    }

    public override void Write(ValueWriter writer, ref TOwner owner) => _slot.Write(writer, get(ref owner));

    public override void Read(ref ValueReader reader, ref TOwner owner) => set(ref owner, _slot.Read(ref reader));
}
