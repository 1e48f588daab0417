using VoiceOrdering.Silo.Storage.Migrations;

namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>A database with one writer with group commit and a few readers. Safe for concurrent use.</summary>
public abstract class RelationalDatabase : IDisposable
{
    private readonly GroupCommitWriter _writer;
    private readonly ReaderPool _readers;

    private protected RelationalDatabase(DatabaseConnections connections, StorageSettings settings, TimeProvider clock)
    {
        Clock = clock;
        Dialect = connections.First.Dialect;
        _writer = new GroupCommitWriter(connections, settings, clock);
        _readers = new ReaderPool(connections.OpenReading, settings);
    }

    internal TimeProvider Clock { get; }

    /// <summary>The words of this database.</summary>
    internal SqlDialect Dialect { get; }

    /// <summary>Whether no other process works on it, so that what was begun at the start was begun by one that is gone.</summary>
    internal virtual bool IsAlone => true;

    /// <summary>Runs the work in a transaction, alone in its savepoint; when the task ends well the result is on the disk.</summary>
    /// <param name="work">
    /// Runs on the writer thread: statements only, no waiting. Whatever it throws is rolled back and handed to this caller. It may be run again when it lost a race against
    /// another process.
    /// </param>
    /// <param name="cancellationToken">Ends the wait only while the work has not begun.</param>
    /// <exception cref="StorageException">Overloaded, unavailable or closed: nothing was stored; outcome unknown: it may be.</exception>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => _writer.EnqueueAsync(new WriteUnit<T>(work, cancellationToken));

    /// <summary>The same for work that may be one statement.</summary>
    internal Task<T> WriteAsync<T>(IStatementWrite<T> write, CancellationToken cancellationToken) =>
        _writer.EnqueueAsync(Dialect.TakesStatements ? new StatementUnit<T>(write, cancellationToken) : new WriteUnit<T>(write.Run, cancellationToken));

    /// <summary>Runs a query on a reading connection; it sees every write whose task has ended. It may be run again when the connection was lost.</summary>
    /// <exception cref="StorageException">Overloaded, unavailable or closed.</exception>
    public Task<T> ReadAsync<T>(Func<SqlSession, T> query, CancellationToken cancellationToken) => _readers.ReadAsync(query, cancellationToken);

    /// <summary>Finishes accepted writes and closes the connections. Calls afterwards are refused with <c>STORAGE_CLOSED</c>.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>How a database is connected to.</summary>
/// <param name="First">A connection for writing that is open already: the one that brought the schema up to date.</param>
/// <param name="OpenWriting">Opens the next one for writing after a connection was lost.</param>
/// <param name="OpenReading">Opens one for reading.</param>
internal sealed record DatabaseConnections(SqlSession First, Func<SqlSession> OpenWriting, Func<SqlSession> OpenReading);
