using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Makes an <see cref="OrderingAgent"/> for each session; they share one ear, or have none and read typed turns only.</summary>
public sealed class OrderingAgentFactory(SpeechEar? ear) : ISimulatedModelFactory, IDisposable
{
    /// <summary>Nothing to do yet: which menus are spoken of is known when the first session brings its instructions.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Learns to hear the menu of these instructions before anybody calls; completes when it can be heard. Returns at once without an ear.
    /// </summary>
    public Task PrepareAsync(string instructions, CancellationToken cancellationToken) =>
        ear is null ? Task.CompletedTask : ear.PrepareAsync(instructions, cancellationToken);

    /// <inheritdoc/>
    public ISimulatedModel Create(SimulatedSessionInfo session) => new OrderingAgent(ear);

    /// <inheritdoc/>
    public void Dispose() => ear?.Dispose();
}
