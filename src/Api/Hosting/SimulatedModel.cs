using VoiceOrdering.Realtime.Simulator;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Ear;

namespace VoiceOrdering.Api.Hosting;

/// <summary>The simulator on a loopback port of its own, for as long as the host runs. It is started before the host is built, because its address is a setting.</summary>
internal sealed class SimulatedModel(RealtimeSimulator simulator) : IHostedService, IAsyncDisposable
{
    /// <summary>The simulator.</summary>
    public RealtimeSimulator Simulator => simulator;

    /// <summary>Starts a simulator and points the model plane at it.</summary>
    /// <param name="configuration">Gets the address.</param>
    /// <param name="dataDirectory">Trained models of the ear are kept in a folder of it, so that the next start hears at once.</param>
    public static async Task<SimulatedModel> StartAsync(ConfigurationManager configuration, string dataDirectory)
    {
        var ear = (configuration.GetSection("Simulator:Ear").Get<EarSettings>() ?? new EarSettings()) with { CacheDirectory = Path.Combine(dataDirectory, "ear") };
        var simulator = await RealtimeSimulator.StartAsync(services: services => services.AddOrderingAgent(ear));
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
