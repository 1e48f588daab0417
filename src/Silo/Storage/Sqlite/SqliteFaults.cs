namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>Turns the provider's exceptions into the storage layer's.</summary>
internal static class SqliteFaults
{
    /// <summary>The storage exception for what the provider threw; its text goes only into the inner exception.</summary>
    public static StorageException Wrap(Exception failure) =>
        new(StorageErrorCodes.Unavailable, "The database refused the statement; nothing of it was stored.", failure);
}
