using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using OrleansEmbedded.Activation;
using OrleansEmbedded.GeneratedCode;

namespace OrleansEmbedded.Serialization;

/// <summary>Grains and observers: passed as references, stored as id and interface.</summary>
internal sealed class ReferenceCodec<T> : Codec<T>
{
    public override bool IsShared => typeof(GrainReference).IsAssignableFrom(typeof(T));

    public override T Copy(T value, CopyScope scope) => value switch
    {
        GrainReference => value,
        IGrainBase => throw new ArgumentException($"{typeof(T)} is passed as an object: pass this.AsReference<TInterface>() instead."),
        _ => throw new ArgumentException($"{typeof(T)} is an observer passed as an object: pass the result of CreateObjectReference instead."),
    };

    public override void Write(ValueWriter writer, T value)
    {
        if (value is not GrainReference reference)
        {
            throw new SerializerException($"{typeof(T)} cannot be stored: store its reference.");
        }

        writer.WriteText(reference.GrainId.ToString());
        writer.WriteText(reference.InterfaceType.ToString());
    }

    public override T Read(ref ValueReader reader)
    {
        var id = GrainId.Parse(reader.ReadText());
        var interfaceName = reader.ReadText();
        var node = GrainActivation.Current?.Silo
            ?? throw new SerializerException("A stored reference can only be read by a grain.");
        if (interfaceName.Length == 0)
        {
            return (T)(object)node.CreateUntypedReference(id);
        }

        var type = GrainManifest.Current.FindInterface(GrainInterfaceType.Create(interfaceName))
            ?? throw new CodecNotFoundException($"There is no grain interface \"{interfaceName}\".");
        return (T)node.CreateReference(id, type);
    }
}
