using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OrleansEmbedded.Scheduling;

/// <summary>
/// Makes <see cref="TaskScheduler.Current"/> that of a queue while a call starts. The framework only offers this for code that runs inside a
/// <see cref="Task"/>, which would cost a task and a context switch of its own for each call; so the thread's current task is set to one
/// that belongs to the scheduler. Where the framework has no such field, <see cref="IsSupported"/> is false and every turn runs inside a task.
/// </summary>
internal readonly struct TurnScope : IDisposable
{
    private readonly Task? _previous;
    private readonly bool _isSet;

    private TurnScope(Task? previous)
    {
        _previous = previous;
        _isSet = true;
    }

    /// <summary>Whether this framework has the field, and setting it has the effect that is meant.</summary>
    public static bool IsSupported { get; } = HasField() && Works();

    /// <summary>A task of the scheduler that has run. Must be called where the scheduler runs tasks at once.</summary>
    public static Task CreateAnchor(TaskScheduler scheduler)
    {
        var anchor = new Task(static () => { }, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        anchor.RunSynchronously(scheduler);
        return anchor;
    }

    public static TurnScope Enter(Task anchor)
    {
        ref var current = ref CurrentTask(null);
        var previous = current;
        current = anchor;
        return new TurnScope(previous);
    }

    public void Dispose()
    {
        if (_isSet)
        {
            CurrentTask(null) = _previous;
        }
    }

    private static bool HasField()
    {
        var field = typeof(Task).GetField("t_currentTask", BindingFlags.Static | BindingFlags.NonPublic);
        return field is not null && field.FieldType == typeof(Task) && field.IsDefined(typeof(ThreadStaticAttribute), inherit: false);
    }

    private static bool Works()
    {
        try
        {
            var before = TaskScheduler.Current;
            var probe = new Probe();
            bool isSeen;
            using (Enter(CreateAnchor(probe)))
            {
                isSeen = ReferenceEquals(TaskScheduler.Current, probe);
            }

            return isSeen && ReferenceEquals(TaskScheduler.Current, before);
        }
        catch (MissingMemberException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "t_currentTask")]
    [SuppressMessage("Style", "IDE0060", Justification = "The parameter names the type that has the field.")]
    private static extern ref Task? CurrentTask(Task? type);

    private sealed class Probe : TaskScheduler
    {
        protected override IEnumerable<Task>? GetScheduledTasks() => null;

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
