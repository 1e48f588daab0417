using System.Runtime.CompilerServices;
using Orleans.Serialization.Invocation;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Invocation;

/// <summary>A call of a method that returns <see cref="Task"/>, <see cref="ValueTask"/> or nothing.</summary>
public abstract class PlainCall : GrainCall
{
    private static readonly Action<Task, object?> OnFinished = static (task, state) =>
    {
        var call = (PlainCall)state!;
        call.Target!.Finished(call);
        call.Settle(task);
    };

    private AsyncTaskMethodBuilder _promise;

    /// <summary>Calls the grain; generated.</summary>
    protected abstract Task Execute(object target);

    /// <inheritdoc/>
    public override async ValueTask<Response> Invoke()
    {
        try
        {
            await Execute(Target!.Instance!);
            return Response.Completed;
        }
        catch (Exception failure)
        {
            return Response.FromException(failure);
        }
    }

    internal Task CreatePromise()
    {
        _promise = AsyncTaskMethodBuilder.Create();
        return _promise.Task;
    }

    internal Task ExecuteNow(object instance) => Execute(instance);

    internal Task RunDirect(TurnQueue queue)
    {
        Target = queue;
        var direct = DirectTurn.Begin(queue, this);
        Task task;
        try
        {
            task = Execute(queue.Instance!) ?? throw NoTask();
            if (!task.IsCompleted)
            {
                var answer = CreatePromise();
                LeaveSender(direct.Source);
                task.ContinueWith(OnFinished, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, queue.TaskScheduler);
                direct.End(queue, this, finished: false);
                return answer;
            }

            if (!task.IsCompletedSuccessfully)
            {
                queue.OnCallFailed(task.Exception?.InnerException);
            }
        }
        catch (Exception failure)
        {
            queue.OnCallFailed(failure);
            task = Task.FromException(failure);
        }

        direct.End(queue, this, finished: true);
        Reuse();
        return task;
    }

    internal override void Begin(TurnQueue queue, object instance)
    {
        Task task;
        try
        {
            task = queue.HasIncomingFilters(this) ? IncomingFilters.InvokeAsync(this, queue, instance) : Execute(instance) ?? throw NoTask();
        }
        catch (Exception failure)
        {
            task = Task.FromException(failure);
        }

        if (task.IsCompleted)
        {
            queue.Finished(this);
            Settle(task);
            return;
        }

        task.ContinueWith(OnFinished, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, queue.TaskScheduler);
    }

    internal override bool TryFail(Exception failure)
    {
        if (!TrySettle())
        {
            return false;
        }

        ReleaseToken();
        _promise.SetException(failure);
        return true;
    }

    private void Settle(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            var failure = task.Exception?.InnerException ?? new TaskCanceledException(task);
            Target!.OnCallFailed(failure);
            TryFail(failure);
            return;
        }

        if (TrySettle())
        {
            ReleaseToken();
            _promise.SetResult();
        }
    }
}
