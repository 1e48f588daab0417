using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Realtime.Simulator.Echo;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>Puts the simulator into an application.</summary>
public static class SimulatorServices
{
    /// <summary>
    /// Adds what <see cref="MapRealtimeSimulator"/> needs. Another brain or voice is plugged in by registering
    /// <see cref="ISimulatedModelFactory"/> or <see cref="IVoice"/>, before or after.
    /// </summary>
    public static IServiceCollection AddRealtimeSimulator(this IServiceCollection services, Action<SimulatorOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        var options = services.AddOptions<SimulatorOptions>()
            .BindConfiguration(SimulatorOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<SimulatorControl>();
        services.TryAddSingleton<SimulatorServer>();
        services.TryAddSingleton<ISimulatedModelFactory, EchoModelFactory>();
        services.TryAddSingleton<IVoice, ToneVoice>();
        services.AddHostedService<ModelWarmUpService>();
        return services;
    }

    /// <summary>
    /// Maps <c>GET {prefix}/v1/realtime</c> (WebSocket), <c>POST {prefix}/v1/realtime/client_secrets</c>, <c>GET {prefix}/v1/models[/id]</c>
    /// and, when asked for, <c>{prefix}/simulator</c>. Needs no other middleware.
    /// </summary>
    public static IEndpointRouteBuilder MapRealtimeSimulator(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        var server = endpoints.ServiceProvider.GetRequiredService<SimulatorServer>();
        var sockets = endpoints.CreateApplicationBuilder();
        sockets.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
        sockets.Run(server.ConnectAsync);
        endpoints.MapGet(prefix + "/v1/realtime", sockets.Build()).ExcludeFromDescription();
        endpoints.MapPost(prefix + "/v1/realtime/client_secrets", (HttpRequest request, JsonElement body) => server.CreateSecret(request, body)).ExcludeFromDescription();
        endpoints.MapGet(prefix + "/v1/models", (HttpRequest request) => server.ListModels(request)).ExcludeFromDescription();
        endpoints.MapGet(prefix + "/v1/models/{id}", (HttpRequest request, string id) => server.GetModel(request, id)).ExcludeFromDescription();
        if (server.HasControlApi)
        {
            ControlApi.Map(endpoints, prefix + "/simulator", endpoints.ServiceProvider.GetRequiredService<SimulatorControl>());
        }

        return endpoints;
    }
}
