using System.Text.Json;
using Orleans.Storage;

namespace VoiceOrdering.Bench.Storage;

/// <summary>States as JSON, so that the storage is measured and not the serializer of an engine.</summary>
internal sealed class JsonStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span)!;
}
