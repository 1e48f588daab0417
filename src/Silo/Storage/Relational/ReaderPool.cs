using System.Collections.Concurrent;
using System.Data.Common;

namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>A few connections for reading beside the writer; neither waits for the other.</summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly Func<SqlSession> open;
    private readonly StorageSettings settings;
    private readonly ReadingThreads threads;
    private readonly ConcurrentBag<SqlSession> idle = [];
    private int waiting;
    private volatile bool closed;

    public ReaderPool(Func<SqlSession> open, StorageSettings settings)
    {
        this.open = open;
        this.settings = settings;
        threads = new ReadingThreads(settings.Readers);
    }

    /// <summary>Runs the query on a thread of the pool; it sees everything committed before the call.</summary>
    /// <exception cref="StorageException"><c>STORAGE_OVERLOADED</c>, <c>STORAGE_UNAVAILABLE</c> or <c>STORAGE_CLOSED</c>.</exception>
    public async Task<T> ReadAsync<T>(Func<SqlSession, T> query, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > settings.ReadQueueLimit + settings.Readers)
        {
            Interlocked.Decrement(ref waiting);
            StorageMeter.Refused.Add(1, StorageMeter.ReadQueue);
            throw new StorageException(StorageErrorCodes.Overloaded, $"{settings.ReadQueueLimit} reads are waiting for the database already; try again shortly.");
        }
        try
        {
            if (closed)
            {
                throw Closed();
            }
            return await Task.Factory.StartNew(() => Run(query), cancellationToken, TaskCreationOptions.RunContinuationsAsynchronously | TaskCreationOptions.DenyChildAttach, threads);
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
        threads.Dispose();
        CloseIdle();
    }

    private T Run<T>(Func<SqlSession, T> query)
    {
        if (closed)
        {
            throw Closed();
        }
        SqlSession? session = null;
        try
        {
            if (!idle.TryTake(out session))
            {
                session = open();
                return query(session);
            }
            try
            {
                return query(session);
            }
            catch (DbException) when (!session.IsConnected)
            {
                // It was lost while it lay idle; a query changes nothing, so it is simply asked again.
                session.Dispose();
                session = open();
                return query(session);
            }
        }
        catch (DbException failure) when (session is not null)
        {
            throw session.Wrap(failure);
        }
        finally
        {
            PutBack(session);
        }
    }

    private void PutBack(SqlSession? session)
    {
        if (session is { IsConnected: true } && LookAfter(session))
        {
            idle.Add(session);
        }
        else
        {
            session?.Dispose();
        }
        if (closed)
        {
            CloseIdle();
        }
    }

    private static bool LookAfter(SqlSession session)
    {
        try
        {
            session.Worked(1);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private static StorageException Closed() => new(StorageErrorCodes.Closed, "The database is closed because the process stops.");
}
