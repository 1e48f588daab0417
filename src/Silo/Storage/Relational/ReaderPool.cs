using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>A few connections for reading beside the writer; in WAL mode neither waits for the other.</summary>
internal sealed class SqliteReaderPool(Func<SqliteSession> open, SqliteSettings settings) : IDisposable
{
    private readonly SemaphoreSlim free = new(settings.Readers);
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private int waiting;
    private volatile bool closed;

    /// <summary>Runs the query on a thread of the pool; it sees everything committed before the call.</summary>
    /// <exception cref="StorageException"><c>STORAGE_OVERLOADED</c>, <c>STORAGE_UNAVAILABLE</c> or <c>STORAGE_CLOSED</c>.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > settings.ReadQueueLimit + settings.Readers)
        {
            Interlocked.Decrement(ref waiting);
            StorageMeter.Refused.Add(1, StorageMeter.ReadQueue);
            throw new StorageException(StorageErrorCodes.Overloaded, $"{settings.ReadQueueLimit} reads are waiting for the database already; try again shortly.");
        }
        try
        {
            await free.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(() => Run(query), cancellationToken);
            }
            finally
            {
                free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Closes the idle connections; a query that still runs closes its own when it ends.</summary>
    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T Run<T>(Func<SqliteSession, T> query)
    {
        if (closed)
        {
            throw new StorageException(StorageErrorCodes.Closed, "The database is closed because the process stops.");
        }
        SqliteSession? session = null;
        try
        {
            session = idle.TryTake(out var kept) ? kept : open();
            return query(session);
        }
        catch (SqliteException failure)
        {
            throw SqliteFaults.Wrap(failure);
        }
        finally
        {
            if (session is not null)
            {
                idle.Add(session);
            }
            if (closed)
            {
                Dispose();
            }
        }
    }
}
