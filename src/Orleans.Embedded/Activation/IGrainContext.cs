using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation of a grain: identity, services, scheduler, life.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The instance; null before it is constructed.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Where it lives.</summary>
    GrainAddress Address { get; }

    /// <summary>Its scoped services.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Its lifecycle.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Its scheduler.</summary>
    IWorkItemScheduler Scheduler { get; }

    /// <summary>Completes when it is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Attaches a component.</summary>
    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    /// <summary>Starts activation.</summary>
    void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default);

    /// <summary>Starts deactivation; running calls finish first.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    /// <summary>Deactivates so that the next activation may be elsewhere.</summary>
    void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default);
}
