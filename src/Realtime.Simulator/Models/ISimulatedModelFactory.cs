namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>Makes the brain of each simulated session. One per process, safe for concurrent use; plugged in by DI.</summary>
public interface ISimulatedModelFactory
{
    /// <summary>
    /// Prepares what all sessions share (voices, word models), once, before the first session. Sessions opened meanwhile
    /// wait for nothing: a model that is not ready says so in its answers.
    /// </summary>
    Task WarmUpAsync(CancellationToken cancellationToken);

    /// <summary>Makes the brain of one session. Cheap; expensive work belongs to <see cref="WarmUpAsync"/> or the first turn.</summary>
    ISimulatedModel Create(SimulatedSessionInfo session);
}
