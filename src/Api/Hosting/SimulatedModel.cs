using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Sessions.Briefing;
using VoiceOrdering.Realtime.Simulator;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Hosting;

/// <summary>The simulator on a loopback port of its own, for as long as the host runs. It is started before the host is built, because its address is a setting.</summary>
internal sealed class SimulatedModel(RealtimeSimulator simulator) : IHostedService, IAsyncDisposable
{
    /// <summary>Where trained ears are kept; without it below the data folder.</summary>
    public const string EarCacheSetting = "Simulator:Ear:CacheDirectory";

    /// <summary>The simulator.</summary>
    public RealtimeSimulator Simulator => simulator;

    /// <summary>Starts a simulator with the ordering agent and points the model plane at it.</summary>
    /// <param name="configuration">Read for the ear's settings, written with the simulator's address.</param>
    /// <param name="dataDirectory">The data folder.</param>
    public static async Task<SimulatedModel> StartAsync(ConfigurationManager configuration, string dataDirectory)
    {
        var ear = (configuration.GetSection("Simulator:Ear").Get<EarSettings>() ?? new EarSettings()) with
        {
            CacheDirectory = configuration[EarCacheSetting] ?? Path.Combine(dataDirectory, "ear"),
        };
        var simulator = await RealtimeSimulator.StartAsync(services: services => services.AddOrderingAgent(ear));
        configuration["Realtime:Endpoint"] = simulator.Endpoint.ToString();
        // Any key is taken; an empty one would be refused before a connection is tried.
        configuration["Realtime:ApiKey"] = "simulated";
        return new SimulatedModel(simulator);
    }

    /// <summary>Learns to hear the menus of the demo restaurants, so that the first caller need not wait; tells of each that is ready.</summary>
    public async Task LearnMenusAsync(IGrainFactory grains, Action<string> learned, CancellationToken cancellationToken)
    {
        if (simulator.Services.GetRequiredService<ISimulatedModelFactory>() is not OrderingAgentFactory agents)
        {
            return;
        }

        foreach (var demo in DemoRestaurants.All)
        {
            var menu = await grains.GetGrain<IRestaurantGrain>(demo.Profile.Id.Value).FindMenuAsync();
            if (menu.IsOk)
            {
                await agents.PrepareAsync(MenuBlock.Write(menu.Value), cancellationToken);
                learned(demo.Profile.Id.Value);
            }
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => simulator.DisposeAsync().AsTask();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => simulator.DisposeAsync();
}
