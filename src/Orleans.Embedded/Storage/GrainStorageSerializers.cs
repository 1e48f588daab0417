using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Stores states in the engine's own versioned binary form: added members read as default, unknown ones are skipped, aliases name types.</summary>
public class OrleansGrainStorageSerializer : IGrainStorageSerializer
{
    private readonly Serializer _serializer;

    /// <summary>Wraps the serializer.</summary>
    public OrleansGrainStorageSerializer(Serializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        _serializer = serializer;
    }

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T value) => new(_serializer.SerializeToArray(value));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _serializer.Deserialize<T>(input.ToMemory());
    }
}
