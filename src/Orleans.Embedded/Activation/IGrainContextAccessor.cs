namespace Orleans.Runtime;

/// <summary>Tells which activation runs the current turn.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation; null outside grains.</summary>
    IGrainContext? GrainContext { get; }
}
