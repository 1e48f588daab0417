using System.Runtime.CompilerServices;
using Orleans.Serialization.Invocation;
using OrleansEmbedded.Scheduling;
using OrleansEmbedded.Serialization;

namespace OrleansEmbedded.Invocation;

/// <summary>A call of a method that returns <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
/// <typeparam name="TResult">The value.</typeparam>
public abstract class ResultCall<TResult> : GrainCall
{
    private static readonly Action<Task<TResult>, object?> OnFinished = static (task, state) =>
    {
        var call = (ResultCall<TResult>)state!;
        call.Target!.Finished(call);
        call.Settle(task);
    };

    private AsyncTaskMethodBuilder<TResult> _promise;

    /// <summary>Calls the grain; generated.</summary>
    protected abstract Task<TResult> Execute(object target);

    /// <inheritdoc/>
    public override async ValueTask<Response> Invoke()
    {
        try
        {
            return Response.FromResult(await Execute(Target!.Instance!));
        }
        catch (Exception failure)
        {
            return Response.FromException(failure);
        }
    }

    internal Task<TResult> CreatePromise()
    {
        _promise = AsyncTaskMethodBuilder<TResult>.Create();
        return _promise.Task;
    }

    internal Task<TResult> ExecuteNow(object instance) => Execute(instance);

    internal Task<TResult> RunDirect(TurnQueue queue)
    {
        Target = queue;
        var direct = DirectTurn.Begin(queue, this);
        Task<TResult> task;
        try
        {
            task = Execute(queue.Instance!) ?? throw NoTask();
            if (task.IsCompleted)
            {
                task = task.IsCompletedSuccessfully ? Isolate(task) : Failed(queue, task);
            }
            else
            {
                var answer = CreatePromise();
                LeaveSender(direct.Source);
                task.ContinueWith(OnFinished, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, queue.TaskScheduler);
                direct.End(queue, this, finished: false);
                return answer;
            }
        }
        catch (Exception failure)
        {
            task = Failed(queue, Task.FromException<TResult>(failure));
        }

        direct.End(queue, this, finished: true);
        Reuse();
        return task;
    }

    internal override void Begin(TurnQueue queue, object instance)
    {
        Task<TResult> task;
        try
        {
            task = queue.HasIncomingFilters(this) ? IncomingFilters.InvokeAsync(this, queue, instance) : Execute(instance) ?? throw NoTask();
        }
        catch (Exception failure)
        {
            task = Task.FromException<TResult>(failure);
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

    private static Task<TResult> Isolate(Task<TResult> task)
        => Isolation<TResult>.IsShared ? task : Task.FromResult(Isolation<TResult>.Copy(task.Result));

    private static Task<TResult> Failed(TurnQueue queue, Task<TResult> task)
    {
        queue.OnCallFailed(task.Exception?.InnerException);
        return task;
    }

    private void Settle(Task<TResult> task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            var failure = task.Exception?.InnerException ?? new TaskCanceledException(task);
            Target!.OnCallFailed(failure);
            TryFail(failure);
            return;
        }

        TResult value;
        try
        {
            value = Isolation<TResult>.Copy(task.Result);
        }
        catch (Exception failure)
        {
            TryFail(failure);
            return;
        }

        if (TrySettle())
        {
            ReleaseToken();
            _promise.SetResult(value);
        }
    }
}
