using Dapper;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Migrations;

/// <summary>Runs the steps a database does not have yet, each in its own transaction.</summary>
internal static class Migrator
{
    /// <exception cref="StorageException"><c>DATABASE_TOO_NEW</c> when the database has a step this program does not know.</exception>
    public static void Migrate(SqlSession session, IReadOnlyList<Migration> migrations, string name, TimeProvider clock)
    {
        foreach (var migration in migrations)
        {
            // Several processes may open a new database at once: the version is read under the lock that the step is written under.
            session.Execute(session.Dialect.Begin);
            try
            {
                session.Alone(WorkArea.Schema);
                var present = Present(session);
                RefuseNewer(present, migrations[^1].Version, name);
                if (present < migration.Version)
                {
                    session.Connection.Execute(migration.Script(session.Dialect));
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

    private static int Present(SqlSession session)
    {
        var sql = session.Dialect;
        session.Connection.Execute($"CREATE TABLE IF NOT EXISTS schema_version (version {sql.Integer} NOT NULL PRIMARY KEY, name {sql.Text} NOT NULL, applied_at {sql.Integer} NOT NULL)");
        return session.Connection.ExecuteScalar<int>("SELECT COALESCE(MAX(version), 0) FROM schema_version");
    }

    private static void RefuseNewer(int present, int known, string name)
    {
        if (present > known)
        {
            throw new StorageException(StorageErrorCodes.TooNew,
                $"The database {name} has schema version {present}, but this program knows only versions up to {known}; start the newer program or restore a backup.");
        }
    }
}
