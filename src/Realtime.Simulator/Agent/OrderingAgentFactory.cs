using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Makes an <see cref="OrderingAgent"/> for each session; they share one ear, or have none and read typed turns only.</summary>
public sealed class OrderingAgentFactory(IEar? ear) : ISimulatedModelFactory
{
    /// <inheritdoc/>
    public Task WarmUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ISimulatedModel Create(SimulatedSessionInfo session) => new OrderingAgent(ear);
}
