namespace OrleansEmbedded.Scheduling;

/// <summary>The <see cref="TaskScheduler"/> that code in a grain sees: queues tasks as turns of one <see cref="TurnQueue"/>.</summary>
internal sealed class ActivationTaskScheduler(TurnQueue queue) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    internal TurnQueue Queue { get; } = queue;

    internal void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task) => Queue.EnqueueWork(task);

    // Only the thread that runs a turn of this queue may run more of it; anything else would be a second turn in parallel.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => !taskWasPreviouslyQueued && ReferenceEquals(TurnQueue.Current, Queue) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => Queue.SnapshotTasks();
}
