using Orleans.Core;
using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace Orleans;

/// <summary>Base class of grains. An instance is only ever used by one turn at a time, on the scheduler of its activation.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainRuntime? _runtime;

    /// <summary>Creates the grain; the activation being built is found by itself.</summary>
    protected Grain()
        : this(GrainConstruction.Current!, null)
    {
    }

    /// <summary>Creates the grain for tests, with a context and a runtime of one's own.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        _runtime = grainRuntime;
    }

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The id as text.</summary>
    public string IdentityString => GrainContext?.GrainId.ToString() ?? string.Empty;

    /// <summary>The silo as text.</summary>
    public string RuntimeIdentity => Runtime.SiloIdentity;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The services of this activation.</summary>
    protected IServiceProvider ServiceProvider => GrainContext?.ActivationServices ?? Runtime.ServiceProvider;

    internal IGrainRuntime Runtime => _runtime ?? GrainConstruction.RuntimeOf(GrainContext);

    /// <summary>Runs before the first call; state is already read. A failure fails the calls that wait.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not run when the process dies.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deactivates once the running calls are done; waiting calls go to the next activation.</summary>
    protected void DeactivateOnIdle()
    {
        EnsureContext();
        Runtime.DeactivateOnIdle(GrainContext);
    }

    /// <summary>Deactivates so that the next activation may be on another silo.</summary>
    protected void MigrateOnIdle()
    {
        EnsureContext();
        GrainContext.Migrate(null, CancellationToken.None);
    }

    /// <summary>Keeps the activation from idle collection for at least <paramref name="timeSpan"/>; a negative value takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan)
    {
        EnsureContext();
        Runtime.DelayDeactivation(GrainContext, timeSpan);
    }

    private void EnsureContext()
    {
        if (GrainContext is null)
        {
            throw new InvalidOperationException("The grain has no activation: it was not created by the runtime.");
        }
    }
}
