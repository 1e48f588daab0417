namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>One caller's piece of work on its way through the writer.</summary>
internal abstract class WriteUnit
{
    /// <summary>Does the whole work, or null when it needs steps.</summary>
    public virtual Statement? Statement => null;

    /// <summary>Keeps what the statement answered.</summary>
    public virtual void Take(IReadOnlyList<object> answer) => throw new InvalidOperationException("This work has no statement.");

    /// <summary>Runs the work inside the open transaction and keeps its result; throws to have it rolled back.</summary>
    public abstract void Run(SqlSession session);

    /// <summary>Hands the kept result over; called after the commit.</summary>
    public abstract void Complete();

    /// <summary>Hands the failure over; called after the roll-back.</summary>
    public abstract void Fail(Exception failure);

    /// <summary>False when the caller has given up waiting before the work began.</summary>
    public abstract bool TryBegin();

    /// <summary>How often it was run and lost a race against another process.</summary>
    public int LostRaces { get; set; }
}

/// <inheritdoc/>
internal class WriteUnit<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) : WriteUnit
{
    // Continuations must never run on the writer thread: a grain's turn there would stop all writing.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => completion.Task;

    protected T? Result { get; set; }

    public override bool TryBegin()
    {
        // Once begun a write is not cancelled: the caller learns what really happened.
        if (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        completion.TrySetCanceled(cancellationToken);
        return false;
    }

    public override void Run(SqlSession session) => Result = work(session);

    public override void Complete() => completion.TrySetResult(Result!);

    public override void Fail(Exception failure) => completion.TrySetException(failure);
}

/// <summary>Work that is one statement.</summary>
internal sealed class StatementUnit<T>(IStatementWrite<T> write, CancellationToken cancellationToken) : WriteUnit<T>(write.Run, cancellationToken)
{
    // Made here, on the caller's thread.
    public override Statement? Statement { get; } = write.Statement;

    public override void Take(IReadOnlyList<object> answer) => Result = write.Take(answer);
}
