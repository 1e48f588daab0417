using Orleans.Storage;

namespace VoiceOrdering.Silo.Storage.Grains;

/// <summary>Options of one named grain storage in the database.</summary>
public sealed class DatabaseGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>Turns states into bytes; null takes the engine's default.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = default!;
}
