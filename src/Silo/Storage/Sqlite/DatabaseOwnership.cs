namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>
/// The sign that this process alone works on a database file: a second silo on the same file would activate every grain a second time. The lock is the operating
/// system's (a locked file beside the database), so it is gone with its process, however that ended.
/// </summary>
internal sealed class DatabaseOwnership : IDisposable
{
    private const string Suffix = ".lock";

    private readonly FileStream _lock;

    private DatabaseOwnership(FileStream held) => _lock = held;

    /// <summary>Takes the database.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorCodes.InUse"/>: another process has it; <see cref="StorageErrorCodes.Unavailable"/>: the folder cannot be written.</exception>
    public static DatabaseOwnership Take(SqliteSettings settings)
    {
        var path = Path.GetFullPath(settings.Path) + Suffix;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new DatabaseOwnership(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new StorageException(StorageErrorCodes.Unavailable, $"The database {settings.Path} cannot be opened: {failure.Message}", failure);
        }
        catch (IOException failure)
        {
            // The one thing that keeps a file from being opened that can be created.
            throw new StorageException(StorageErrorCodes.InUse, $"The database {settings.Path} is used by another process; each process needs a data folder of its own.", failure);
        }
    }

    /// <summary>Gives the database back. The file stays: deleting it would let two processes lock two files of one name.</summary>
    public void Dispose() => _lock.Dispose();
}
