using System.Data;
using Npgsql;
using NpgsqlTypes;
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
    internal override object?[] RunTogether(IReadOnlyList<WriteUnit> units)
    {
        using var batch = new NpgsqlBatch((NpgsqlConnection)Connection);
        foreach (var unit in units)
        {
            var command = new NpgsqlBatchCommand(unit.Statement!.Sql);
            foreach (var value in unit.Statement.Values)
            {
                command.Parameters.Add(Parameter(value));
            }
            batch.BatchCommands.Add(command);
        }
        var answers = new object?[units.Count];
        // Closed before the answers count: the last thing the server says is whether it committed.
        using (var reader = batch.ExecuteReader())
        {
            var i = 0;
            do
            {
                answers[i++] = reader.Read() ? reader.GetValue(0) : null;
            }
            while (reader.NextResult());
        }
        return answers;
    }

    internal override void Worked(int count)
    {
        _worked += count;
        if (_worked >= PlanAgainAfter && IsConnected)
        {
            _worked = 0;
            Execute("DISCARD PLANS");
        }
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = text },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => throw new ArgumentException($"A statement takes no {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>An advisory lock of the transaction (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS).</summary>
    internal override void Alone(WorkArea area) =>
        Bound("SELECT pg_advisory_xact_lock(@Product, @Area)", ("@Product", PostgresDatabase.LockSpace), ("@Area", (int)area)).ExecuteNonQuery();
}
