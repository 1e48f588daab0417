using Orleans.Storage;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>Options of one named SQLite grain storage.</summary>
public sealed class SqliteGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>Turns states into bytes; null takes the engine's default.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = default!;
}
