using System.Data;
using Npgsql;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Postgres;

/// <summary>One connection to the server.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : SqlSession(connection)
{
    // The server keeps the plans of our statements. One that was made for an empty table takes any index that fits, and is wrong soon: it would read every order of a
    // restaurant to find one. Autovacuum looks at a table after a minute or more; planning all statements again takes some milliseconds.
    private const int PlanAgainAfter = 1_000;
    private int _worked;

    internal override SqlDialect Dialect => SqlDialect.PostgreSql;

    internal override bool IsConnected => Connection.State == ConnectionState.Open;

    /// <summary>A statement that fails only spoils its transaction, up to the savepoint; it is the connection that takes the transaction away.</summary>
    internal override bool InTransaction => IsConnected;

    internal override StorageException Wrap(Exception failure) => PostgresFaults.Wrap(failure);

    internal override bool IsLostRace(Exception failure) => PostgresFaults.IsLostRace(failure);

    /// <summary>Statements up to the next Sync are one transaction of the server (https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).</summary>
    internal override object[]?[] RunTogether(IReadOnlyList<WriteUnit> units) => PostgresMessage.Of(units).Run((NpgsqlConnection)Connection);

    internal override void Worked(int count)
    {
        _worked += count;
        if (_worked >= PlanAgainAfter && IsConnected)
        {
            _worked = 0;
            Execute("DISCARD PLANS");
        }
    }

    /// <summary>An advisory lock of the transaction (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS).</summary>
    internal override void Alone(WorkArea area) =>
        Bound("SELECT pg_advisory_xact_lock(@Product, @Area)", ("@Product", PostgresDatabase.LockSpace), ("@Area", (int)area)).ExecuteNonQuery();
}
