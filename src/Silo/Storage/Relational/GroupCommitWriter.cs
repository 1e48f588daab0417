using Microsoft.Data.Sqlite;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <summary>
/// The only thread that writes. It takes whatever waits, runs it in one transaction with a savepoint around each unit, and pays one
/// fsync for all of them; callers are answered after the commit. A lone writer never waits for company: groups form while the
/// previous commit is on its way to the disk.
/// </summary>
internal sealed class GroupCommitWriter : IDisposable
{
    private readonly object gate = new();
    private readonly Queue<WriteUnit> waiting = new();
    private readonly SqliteSession session;
    private readonly SqliteSettings settings;
    private readonly TimeProvider clock;
    private readonly Thread thread;
    private readonly List<WriteUnit> group = [];
    private readonly List<WriteUnit> succeeded = [];
    private readonly List<(WriteUnit Unit, Exception Failure)> failed = [];
    private bool closing;

    public GroupCommitWriter(SqliteSession session, SqliteSettings settings, TimeProvider clock)
    {
        this.session = session;
        this.settings = settings;
        this.clock = clock;
        thread = new Thread(Loop) { Name = "sqlite-writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Queues the work; the task ends after it is durable or rolled back.</summary>
    /// <exception cref="StorageException"><c>STORAGE_OVERLOADED</c> or <c>STORAGE_CLOSED</c>; the work is not queued.</exception>
    public Task<T> EnqueueAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var unit = new WriteUnit<T>(work, cancellationToken);
        lock (gate)
        {
            if (closing)
            {
                throw new StorageException(StorageErrorCodes.Closed, "The database is closed because the process stops.");
            }
            if (waiting.Count >= settings.WriteQueueLimit)
            {
                StorageMeter.Refused.Add(1, StorageMeter.WriteQueue);
                throw new StorageException(StorageErrorCodes.Overloaded, $"{settings.WriteQueueLimit} writes are waiting for the database already; try again shortly.");
            }
            waiting.Enqueue(unit);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
        StorageMeter.Queued.Add(1);
        return unit.Task;
    }

    /// <summary>Finishes what was accepted, then ends the thread and closes the connection.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closing)
            {
                return;
            }
            closing = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        session.Dispose();
    }

    private void Loop()
    {
        while (TakeGroup())
        {
            var begunAt = clock.GetTimestamp();
            try
            {
                RunGroup();
            }
#pragma warning disable CA1031 // The writer outlives every failure; each caller of the group gets it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                AbandonGroup(failure);
            }
            StorageMeter.CommitSeconds.Record(clock.GetElapsedTime(begunAt).TotalSeconds);
            StorageMeter.GroupSize.Record(group.Count);
            Answer();
        }
    }

    private bool TakeGroup()
    {
        group.Clear();
        succeeded.Clear();
        failed.Clear();
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closing)
                {
                    return false;
                }
                Monitor.Wait(gate);
            }
            while (group.Count < settings.GroupLimit && waiting.TryDequeue(out var unit))
            {
                group.Add(unit);
            }
        }
        StorageMeter.Queued.Add(-group.Count);
        return true;
    }

    private void RunGroup()
    {
        session.Execute("BEGIN IMMEDIATE");
        foreach (var unit in group)
        {
            if (unit.TryBegin())
            {
                RunUnit(unit);
            }
        }
        session.Execute("COMMIT");
    }

    private void RunUnit(WriteUnit unit)
    {
        session.Execute("SAVEPOINT unit");
        try
        {
            unit.Run(session);
            succeeded.Add(unit);
        }
#pragma warning disable CA1031 // Whatever the unit threw belongs to its caller, not to the others of the group.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!session.InTransaction)
            {
                // SQLite rolled everything back (disk full, I/O error): no unit of this group survives.
                throw;
            }
            session.Execute("ROLLBACK TO unit");
            failed.Add((unit, failure));
        }
        session.Execute("RELEASE unit");
    }

    private void AbandonGroup(Exception failure)
    {
        if (session.InTransaction)
        {
            try
            {
                session.Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
                // The failure that brought us here is the one to report; the next BEGIN meets the same fault and reports it.
            }
        }
        var lost = new StorageException(StorageErrorCodes.Unavailable, "The database could not commit; nothing of this write was stored.", failure);
        foreach (var unit in succeeded)
        {
            failed.Add((unit, lost));
        }
        succeeded.Clear();
        var answered = failed.Select(f => f.Unit).ToHashSet();
        failed.AddRange(group.Where(unit => !answered.Contains(unit)).Select(unit => (unit, (Exception)lost)));
    }

    private void Answer()
    {
        StorageMeter.Writes.Add(succeeded.Count);
        foreach (var unit in succeeded)
        {
            unit.Complete();
        }
        if (failed.Count > 0)
        {
            StorageMeter.FailedWrites.Add(failed.Count);
        }
        foreach (var (unit, failure) in failed)
        {
            unit.Fail(failure is SqliteException ? SqliteFaults.Wrap(failure) : failure);
        }
    }
}
