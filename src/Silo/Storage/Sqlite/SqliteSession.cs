using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>One connection with the statements it has prepared. Used by one thread at a time.</summary>
public sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    internal SqliteSession(SqliteConnection connection) => Connection = connection;

    /// <summary>The open connection. Transactions are begun and ended by the writer only, with statements.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Whether a transaction is open; SQLite ends one by itself after some faults (disk full, I/O error).</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>The prepared statement of this text, made on first use; parameters are bound by their position in <paramref name="names"/>.</summary>
    /// <param name="sql">A constant text: every different text stays prepared for the life of the connection.</param>
    /// <param name="names">Parameter names as in the text.</param>
    public SqliteCommand Prepared(string sql, params ReadOnlySpan<string> names)
    {
        if (prepared.TryGetValue(sql, out var command))
        {
            return command;
        }
        command = Connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants; values go through parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
        prepared.Add(sql, command);
        return command;
    }

    /// <summary>The prepared statement with its values set; the order of names is the same in every call with this text.</summary>
    internal SqliteCommand Bound(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Prepared(sql);
            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }
        }
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }
        return command;
    }

    internal void Execute(string sql) => Prepared(sql).ExecuteNonQuery();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }
        prepared.Clear();
        Connection.Dispose();
    }
}
