using System.Text.Json;
using Orleans.Storage;

namespace VoiceOrdering.Silo.Tests.Child;

/// <summary>States as JSON, so that this process needs no silo.</summary>
internal sealed class JsonStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span)!;
}
