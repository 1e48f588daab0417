namespace VoiceOrdering.Silo.Storage;

/// <summary>Stable codes of <see cref="StorageException"/>.</summary>
public static class StorageErrorCodes
{
    /// <summary>A queue of the database is full; try again shortly.</summary>
    public const string Overloaded = "STORAGE_OVERLOADED";
    /// <summary>The database answered with an error or cannot be reached.</summary>
    public const string Unavailable = "STORAGE_UNAVAILABLE";
    /// <summary>The connection was lost while the database committed: what was asked for may have happened. Asking again with the same key or version is safe.</summary>
    public const string OutcomeUnknown = "STORAGE_OUTCOME_UNKNOWN";
    /// <summary>The database was closed because the process stops.</summary>
    public const string Closed = "STORAGE_CLOSED";
    /// <summary>The system's SQLite library is missing or too old.</summary>
    public const string LibraryMissing = "SQLITE_LIBRARY_MISSING";
    /// <summary>Another process works on the database.</summary>
    public const string InUse = "STORAGE_IN_USE";
    /// <summary>The database was written by a newer program.</summary>
    public const string TooNew = "DATABASE_TOO_NEW";
}
