using Dapper;
using VoiceOrdering.Silo.Storage.Migrations;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>Runs the steps a database does not have yet, each in its own transaction.</summary>
internal static class SqliteMigrator
{
    /// <exception cref="StorageException"><c>DATABASE_TOO_NEW</c> when the database has a step this program does not know.</exception>
    public static void Migrate(SqliteSession session, IReadOnlyList<Migration> migrations, string path, TimeProvider clock)
    {
        session.Connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        foreach (var migration in migrations)
        {
            // Two processes may open a new file at once: the version is read under the lock that the step is written under.
            session.Execute("BEGIN IMMEDIATE");
            try
            {
                var present = Present(session);
                RefuseNewer(present, migrations[^1].Version, path);
                if (present < migration.Version)
                {
                    session.Connection.Execute(migration.Script(SqlDialect.Sqlite));
                    session.Connection.Execute("INSERT INTO schema_version (version, name, applied_at) VALUES (@Version, @Name, @At)",
                        new { migration.Version, migration.Name, At = clock.GetUtcNow().ToUnixTimeMilliseconds() });
                }
                session.Execute("COMMIT");
            }
            catch
            {
                if (session.InTransaction)
                {
                    session.Execute("ROLLBACK");
                }
                throw;
            }
        }
    }

    private static int Present(SqliteSession session) =>
        session.Connection.ExecuteScalar<int>("SELECT COALESCE(MAX(version), 0) FROM schema_version");

    private static void RefuseNewer(int present, int known, string path)
    {
        if (present > known)
        {
            throw new StorageException(StorageErrorCodes.TooNew,
                $"The database {path} has schema version {present}, but this program knows only versions up to {known}; start the newer program or restore a backup.");
        }
    }
}
