namespace Orleans.Runtime;

/// <summary>Runs work as turns of an activation.</summary>
public interface IWorkItemScheduler
{
    /// <summary>Queues an action.</summary>
    void QueueAction(Action action);

    /// <summary>Queues an action with a state.</summary>
    void QueueAction(Action<object> action, object state);

    /// <summary>Queues a task that has not started.</summary>
    void QueueTask(Task task);
}
