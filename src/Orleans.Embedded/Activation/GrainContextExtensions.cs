namespace Orleans.Runtime;

/// <summary>Waiting for activations to go.</summary>
public static class GrainContextExtensions
{
    /// <summary>Deactivates and completes when the activation is gone.</summary>
    public static Task DeactivateAsync(this IGrainContext grainContext, DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        grainContext.Deactivate(deactivationReason, cancellationToken);
        return grainContext.Deactivated;
    }
}
