using Microsoft.Data.Sqlite;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>One SQLite file in WAL mode with <c>synchronous=FULL</c>.</summary>
public sealed class SqliteDatabase : RelationalDatabase
{
    private SqliteDatabase(SqliteSettings settings, TimeProvider clock, SqliteSession writing)
        : base(new DatabaseConnections(writing, () => OpenWriting(settings), () => OpenReading(settings)), settings, clock) => Settings = settings;

    /// <summary>What it was opened with.</summary>
    public SqliteSettings Settings { get; }

    /// <summary>Opens the file, creating it when missing, and brings its schema up to date.</summary>
    /// <exception cref="StorageException">The library is missing, the file cannot be used, or a newer program wrote it.</exception>
    public static SqliteDatabase Open(SqliteSettings settings, TimeProvider clock) => Open(settings, clock, MigrationList.All);

    internal static SqliteDatabase Open(SqliteSettings settings, TimeProvider clock, IReadOnlyList<Migration> migrations)
    {
        if (settings.Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }
        SqliteLibrary.Bind();
        SqliteSession? writing = null;
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(settings.Path))!;
            Directory.CreateDirectory(folder);
            writing = OpenWriting(settings);
            Migrator.Migrate(writing, migrations, settings.Path, clock);
            return new SqliteDatabase(settings, clock, writing);
        }
        catch (Exception failure)
        {
            writing?.Dispose();
            if (failure is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new StorageException(StorageErrorCodes.Unavailable, $"The database {settings.Path} cannot be opened: {Reason(failure)}", failure);
            }
            throw;
        }
    }

    private static SqliteSession OpenWriting(SqliteSettings settings)
    {
        var session = Connect(settings);
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute($"PRAGMA wal_autocheckpoint = {settings.CheckpointPages}");
        return session;
    }

    private static SqliteSession OpenReading(SqliteSettings settings)
    {
        var session = Connect(settings);
        session.Execute("PRAGMA query_only = ON");
        return session;
    }

    private static SqliteSession Connect(SqliteSettings settings)
    {
        // Pooling off: the sessions are the pool, and a pooled handle would keep the file open after Dispose.
        var text = new SqliteConnectionStringBuilder { DataSource = settings.Path, Pooling = false, Mode = SqliteOpenMode.ReadWriteCreate }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute($"PRAGMA busy_timeout = {settings.BusyTimeoutMs}");
            session.Execute("PRAGMA foreign_keys = ON");
            session.Execute("PRAGMA temp_store = MEMORY");
            session.Execute($"PRAGMA cache_size = -{settings.CacheKib}");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string Reason(Exception failure) => failure is SqliteException { SqliteErrorCode: 26 }
        ? "it is not a SQLite database."
        : failure.Message;
}
