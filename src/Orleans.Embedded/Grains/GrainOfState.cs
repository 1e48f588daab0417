using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one stored state in the provider named by <see cref="Providers.StorageProviderAttribute"/> or the default one.</summary>
/// <typeparam name="TGrainState">The state. Read before the first call.</typeparam>
public class Grain<TGrainState> : Grain, ILifecycleParticipant<IGrainLifecycle>
{
    private IStorage<TGrainState>? _storage;

    /// <summary>Creates the grain.</summary>
    protected Grain()
    {
    }

    /// <summary>Creates the grain for tests.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state in memory; stored only by <see cref="WriteStateAsync"/>.</summary>
    protected TGrainState State
    {
        get => Storage.State;
        set => Storage.State = value;
    }

    private IStorage<TGrainState> Storage => _storage ??= Runtime.GetStorage<TGrainState>(GrainContext);

    void ILifecycleParticipant<IGrainLifecycle>.Participate(IGrainLifecycle lifecycle)
    {
        if (_storage is not null)
        {
            return;
        }

        lifecycle.Subscribe(GetType().FullName!, GrainLifecycleStage.SetupState, token => Storage.ReadStateAsync(token));
    }

    /// <summary>Deletes the stored state.</summary>
    protected virtual Task ClearStateAsync() => Storage.ClearStateAsync();

    /// <summary>Stores <see cref="State"/>; durable when the task completes.</summary>
    protected virtual Task WriteStateAsync() => Storage.WriteStateAsync();

    /// <summary>Replaces <see cref="State"/> by what is stored.</summary>
    protected virtual Task ReadStateAsync() => Storage.ReadStateAsync();
}
