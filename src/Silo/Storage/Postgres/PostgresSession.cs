using System.Data;
using Npgsql;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Postgres;

/// <summary>One connection to the server.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : SqlSession(connection)
{
    internal override SqlDialect Dialect => SqlDialect.PostgreSql;

    internal override bool IsConnected => Connection.State == ConnectionState.Open;

    /// <summary>A statement that fails only spoils its transaction, up to the savepoint; it is the connection that takes the transaction away.</summary>
    internal override bool InTransaction => IsConnected;

    internal override StorageException Wrap(Exception failure) => PostgresFaults.Wrap(failure);

    internal override bool IsLostRace(Exception failure) => PostgresFaults.IsLostRace(failure);

    /// <summary>An advisory lock of the transaction (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS).</summary>
    internal override void Alone(WorkArea area) =>
        Bound("SELECT pg_advisory_xact_lock(@Product, @Area)", ("@Product", PostgresDatabase.LockSpace), ("@Area", (int)area)).ExecuteNonQuery();
}
