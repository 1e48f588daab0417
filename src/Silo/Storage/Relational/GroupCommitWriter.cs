using System.Data.Common;

namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>
/// The only thread that writes. It takes whatever waits, runs it in one transaction with a savepoint around each unit, and pays one
/// fsync for all of them; callers are answered after the commit. A lone writer never waits for company: groups form while the
/// previous commit is on its way to the disk.
/// </summary>
internal sealed class GroupCommitWriter : IDisposable
{
    private const int MostLostRaces = 5;
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);

    private readonly DatabaseConnections connections;
    private readonly WriteQueue queue;
    private readonly TimeProvider clock;
    private readonly Thread thread;
    private readonly List<WriteUnit> group = [];
    private readonly List<WriteUnit> together = [];
    private readonly List<WriteUnit> succeeded = [];
    private readonly List<(WriteUnit Unit, Exception Failure)> failed = [];
    private SqlSession session;
    private long usedAt;
    private bool committing;

    public GroupCommitWriter(DatabaseConnections connections, StorageSettings settings, TimeProvider clock)
    {
        this.connections = connections;
        queue = new WriteQueue(settings);
        this.clock = clock;
        session = connections.First;
        thread = new Thread(Loop) { Name = "database-writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Queues the work; the task ends after it is durable or rolled back.</summary>
    /// <exception cref="StorageException"><c>STORAGE_OVERLOADED</c> or <c>STORAGE_CLOSED</c>; the work is not queued.</exception>
    public Task<T> EnqueueAsync<T>(WriteUnit<T> unit)
    {
        queue.Add(unit);
        return unit.Task;
    }

    /// <summary>Finishes what was accepted, then ends the thread and closes the connection.</summary>
    public void Dispose()
    {
        if (queue.TryClose())
        {
            thread.Join();
            session.Dispose();
        }
    }

    private void Loop()
    {
        while (TakeGroup())
        {
            var begunAt = clock.GetTimestamp();
            var size = group.Count;
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
            usedAt = clock.GetTimestamp();
            StorageMeter.CommitSeconds.Record(clock.GetElapsedTime(begunAt).TotalSeconds);
            StorageMeter.GroupSize.Record(size);
            Answer();
            LookAfter(size);
        }
    }

    private void LookAfter(int count)
    {
        try
        {
            session.Worked(count);
        }
        catch (DbException)
        {
            // Everybody has been answered; what is wrong with the connection the next group finds out.
        }
    }

    private bool TakeGroup()
    {
        group.Clear();
        succeeded.Clear();
        failed.Clear();
        committing = false;
        return queue.TryTake(group);
    }

    private void RunGroup()
    {
        RunTogether();
        var isFirst = true;
        foreach (var unit in group)
        {
            if (!unit.TryBegin())
            {
                continue;
            }
            if (isFirst)
            {
                Begin();
                isFirst = false;
            }
            else
            {
                session.Execute("RELEASE SAVEPOINT unit; SAVEPOINT unit");
            }
            RunUnit(unit);
        }
        if (!isFirst)
        {
            committing = true;
            session.Execute("COMMIT");
        }
    }

    /// <summary>
    /// Statements first, as one message that is a transaction of its own. What changed nothing stays in the group and is run step by step, which finds out why; so does everything
    /// when one statement fails.
    /// </summary>
    private void RunTogether()
    {
        together.Clear();
        together.AddRange(group.Where(unit => unit.Statement is not null && unit.TryBegin()));
        if (together.Count == 0)
        {
            return;
        }
        Wake();
        object[]?[] answers;
        try
        {
            committing = true;
            answers = session.RunTogether(together);
            committing = false;
        }
#pragma warning disable CA1031 // Whatever one of them threw belongs to its caller; the steps find out whose it is.
        catch (Exception) when (session.IsConnected)
#pragma warning restore CA1031
        {
            committing = false;
            return;
        }
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i] is { } answer)
            {
                together[i].Take(answer);
                succeeded.Add(together[i]);
                group.Remove(together[i]);
            }
        }
        Answer();
    }

    /// <summary>Finds out whether the connection was lost while nobody wrote, because a message that is lost with it cannot be told from one that was carried out.</summary>
    private void Wake()
    {
        if (session.IsConnected && clock.GetElapsedTime(usedAt) < LongPause)
        {
            return;
        }
        Begin();
        session.Execute("ROLLBACK");
    }

    /// <summary>A connection that was lost while nobody wrote is found out here, before anything was done on it.</summary>
    private void Begin()
    {
        if (session.IsConnected)
        {
            try
            {
                session.Execute(session.Dialect.BeginWithUnit);
                return;
            }
            catch (DbException) when (!session.IsConnected)
            {
                StorageMeter.Reconnects.Add(1);
            }
        }
        session.Dispose();
        session = connections.OpenWriting();
        session.Execute(session.Dialect.BeginWithUnit);
    }

    private void RunUnit(WriteUnit unit)
    {
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
                // The database rolled everything back (disk full, I/O error, connection lost): no unit of this group survives.
                throw;
            }
            session.Execute("ROLLBACK TO SAVEPOINT unit");
            failed.Add((unit, failure));
        }
    }

    private void AbandonGroup(Exception failure)
    {
        if (session.InTransaction)
        {
            try
            {
                session.Execute("ROLLBACK");
            }
            catch (DbException)
            {
                // The failure that brought us here is the one to report; the next BEGIN meets the same fault and reports it.
            }
        }
        var lost = Lost(failure);
        foreach (var unit in succeeded)
        {
            failed.Add((unit, lost));
        }
        succeeded.Clear();
        var answered = failed.Select(f => f.Unit).ToHashSet();
        failed.AddRange(group.Where(unit => !answered.Contains(unit)).Select(unit => (unit, (Exception)lost)));
    }

    private StorageException Lost(Exception failure) => failure as StorageException
        ?? (committing && !session.IsConnected
            ? new StorageException(StorageErrorCodes.OutcomeUnknown, "The connection was lost while the database committed; whether this write was stored is not known.", failure)
            : new StorageException(StorageErrorCodes.Unavailable, "The database could not commit; nothing of this write was stored.", failure));

    private void Answer()
    {
        StorageMeter.Writes.Add(succeeded.Count);
        foreach (var unit in succeeded)
        {
            unit.Complete();
        }
        succeeded.Clear();
        foreach (var (unit, failure) in failed)
        {
            if (session.IsLostRace(failure) && ++unit.LostRaces < MostLostRaces)
            {
                queue.AddAgain(unit);
                continue;
            }
            StorageMeter.FailedWrites.Add(1);
            unit.Fail(failure is DbException ? session.Wrap(failure) : failure);
        }
        failed.Clear();
    }
}
