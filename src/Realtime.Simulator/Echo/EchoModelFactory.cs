using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Echo;

/// <summary>Makes <see cref="EchoModel"/>s: the default when no other brain is plugged in.</summary>
public sealed class EchoModelFactory : ISimulatedModelFactory
{
    /// <inheritdoc/>
    public Task WarmUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ISimulatedModel Create(SimulatedSessionInfo session) => new EchoModel();
}
