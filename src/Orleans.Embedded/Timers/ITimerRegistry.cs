using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Makes timers for activations.</summary>
public interface ITimerRegistry
{
    /// <summary>Registers a timer.</summary>
    IGrainTimer RegisterGrainTimer<TState>(IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
