using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.Storage;

/// <summary>Makes states and has them read before the first call.</summary>
internal sealed class PersistentStateFactory : IPersistentStateFactory
{
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(config);
        var grainClass = (context as GrainActivation)?.Class.Type ?? typeof(object);
        var storage = GrainStorageLookup.Find(context.ActivationServicesOrSilo(), config.StorageName, grainClass);
        var state = new PersistentState<TState>(config.StateName, context, storage);
        state.Participate(context.ObservableLifecycle);
        return state;
    }
}
