using System.Data.Common;
using VoiceOrdering.Silo.Storage.Migrations;

namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>One connection with the statements it has made. Used by one thread at a time.</summary>
public abstract class SqlSession : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    private protected SqlSession(DbConnection connection) => Connection = connection;

    /// <summary>The open connection. Transactions are begun and ended by the writer only, with statements.</summary>
    public DbConnection Connection { get; }

    /// <summary>The words of this database.</summary>
    internal abstract SqlDialect Dialect { get; }

    /// <summary>Whether the connection still leads to the database; once false it stays false.</summary>
    internal abstract bool IsConnected { get; }

    /// <summary>Whether the transaction that was begun still stands: some faults end it, or the whole connection.</summary>
    internal abstract bool InTransaction { get; }

    /// <summary>The storage layer's exception for what the provider threw; the provider's words go only into the inner exception.</summary>
    internal abstract StorageException Wrap(Exception failure);

    /// <summary>Whether the same unit may succeed when it is run again, because it lost a race against another process.</summary>
    internal virtual bool IsLostRace(Exception failure) => false;

    /// <summary>Sends statements in one message and commits them together, with one fsync. When it throws and the connection stands, none of them was stored.</summary>
    /// <returns>The answer of each; null for one that changed nothing.</returns>
    internal virtual object[]?[] RunTogether(IReadOnlyList<WriteUnit> units) => throw new NotSupportedException("This database runs writes step by step.");

    /// <summary>Told outside of transactions how many units or queries were done, for databases that want looking after.</summary>
    internal virtual void Worked(int count)
    {
    }

    /// <summary>
    /// Lets one process at a time go on until its transaction ends, for work that decides by what it does not find. Where only one can write anyway it does nothing.
    /// </summary>
    internal virtual void Alone(WorkArea area)
    {
    }

    /// <summary>The statement of this text with its values set; the order of names is the same in every call with this text.</summary>
    /// <param name="sql">A constant text: every different text is kept for the life of the connection.</param>
    /// <param name="values">Parameters as in the text.</param>
    internal DbCommand Bound(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Create(sql);
            foreach (var (name, _) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }

        return command;
    }

    internal void Execute(string sql) => Bound(sql).ExecuteNonQuery();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }

    private DbCommand Create(string sql)
    {
        var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants; values go through parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}

/// <summary>What processes do one after the other.</summary>
internal enum WorkArea
{
    /// <summary>Bringing the schema up to date.</summary>
    Schema = 1,

    /// <summary>Users, API keys and log-ins.</summary>
    Identity = 2,

    /// <summary>Destinations of order events.</summary>
    Destinations = 3,
}
