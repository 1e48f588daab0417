using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OrleansEmbedded.Scheduling;

/// <summary>
/// Makes <see cref="TaskScheduler.Current"/> that of a queue while a call starts. The framework only offers this for code that runs inside a
/// <see cref="Task"/>, which would cost a task and a context switch of its own for each call; so the thread's current task is set to one
/// that belongs to the scheduler. Where the framework has no such field, <see cref="IsSupported"/> is false and calls start inside a task.
/// </summary>
internal readonly struct TurnScope : IDisposable
{
    private readonly Task? _previous;

    private TurnScope(Task? previous) => _previous = previous;

    public static bool IsSupported { get; } =
        typeof(Task).GetField("t_currentTask", BindingFlags.Static | BindingFlags.NonPublic)?.FieldType == typeof(Task);

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

    public void Dispose() => CurrentTask(null) = _previous;

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "t_currentTask")]
    [SuppressMessage("Style", "IDE0060", Justification = "The parameter names the type that has the field.")]
    private static extern ref Task? CurrentTask(Task? type);
}
