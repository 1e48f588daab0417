using Orleans.Runtime;

namespace OrleansEmbedded.Placement;

/// <summary>Any number of activations of one id up to a bound, never registered in the directory.</summary>
internal sealed class StatelessWorkerPlacement(int maxLocalWorkers, bool removeIdleWorkers) : PlacementStrategy
{
    public int MaxLocalWorkers { get; } = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;

    public bool RemoveIdleWorkers { get; } = removeIdleWorkers;

    public override bool IsUsingGrainDirectory => false;
}
