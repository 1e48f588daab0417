using VoiceOrdering.Realtime.Simulator;

namespace VoiceOrdering.Api.Hosting;

/// <summary>The simulator on a loopback port of its own, for as long as the host runs. It is started before the host is built, because its address is a setting.</summary>
internal sealed class SimulatedModel(RealtimeSimulator simulator) : IHostedService, IAsyncDisposable
{
    /// <summary>The simulator.</summary>
    public RealtimeSimulator Simulator => simulator;

    /// <summary>Starts a simulator and points the model plane at it.</summary>
    public static async Task<SimulatedModel> StartAsync(ConfigurationManager configuration)
    {
        var simulator = await RealtimeSimulator.StartAsync();
        configuration["Realtime:Endpoint"] = simulator.Endpoint.ToString();
        // Any key is taken; an empty one would be refused before a connection is tried.
        configuration["Realtime:ApiKey"] = "simulated";
        return new SimulatedModel(simulator);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => simulator.DisposeAsync().AsTask();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => simulator.DisposeAsync();
}
