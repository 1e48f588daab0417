using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;

namespace OrleansEmbedded.Activation;

/// <summary>Hands the activation being built to the base class of its grain, and finds the runtime behind a context.</summary>
internal static class GrainConstruction
{
    [ThreadStatic]
    private static GrainActivation? current;

    public static IGrainContext? Current => current;

    public static object Construct(GrainActivation activation)
    {
        var previous = current;
        current = activation;
        try
        {
            return activation.Class.Construct(activation);
        }
        finally
        {
            current = previous;
        }
    }

    public static IGrainRuntime RuntimeOf(IGrainContext? context) => context switch
    {
        GrainActivation activation => activation.Silo.Runtime,
        not null => context.ActivationServices.GetRequiredService<IGrainRuntime>(),
        null => throw new InvalidOperationException("The grain has no activation: it was not created by the runtime."),
    };

    public static ITimerRegistry TimersOf(IGrainBase grain) => grain.GrainContext is GrainActivation activation
        ? activation.Silo.Runtime.TimerRegistry
        : grain is Grain own ? own.Runtime.TimerRegistry : RuntimeOf(grain.GrainContext).TimerRegistry;
}
