using Orleans.Runtime;
using Orleans.Timers;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Timers;

internal sealed class TimerRegistry(TimeProvider time) : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        ArgumentNullException.ThrowIfNull(callback);
        var activation = grainContext as GrainActivation
            ?? throw new ArgumentException("Timers belong to activations of this runtime.", nameof(grainContext));
        return new GrainTimer(activation, time, token => callback(state, token), options);
    }
}
