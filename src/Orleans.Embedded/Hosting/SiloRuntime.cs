using System.Reflection;
using Orleans;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Storage;
using OrleansEmbedded.Timers;

namespace OrleansEmbedded.Hosting;

/// <summary>The silo as the base class of grains sees it.</summary>
internal sealed class SiloRuntime(SiloNode silo) : IGrainRuntime
{
    public string SiloIdentity => silo.Address.ToString();

    public SiloAddress SiloAddress => silo.Address;

    public IGrainFactory GrainFactory => silo.Factory;

    public ITimerRegistry TimerRegistry { get; } = new TimerRegistry(silo.Time);

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Time;

    public void DeactivateOnIdle(IGrainContext grainContext)
        => grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain called DeactivateOnIdle."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((GrainActivation)grainContext).KeepFor(timeSpan);

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext)
    {
        var activation = (GrainActivation)grainContext;
        var provider = activation.Class.Type.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName;
        var storage = GrainStorageLookup.Find(silo.Services, provider, activation.Class.Type);
        return new PersistentState<TGrainState>(activation.Class.Type.FullName!, activation, storage);
    }
}
