using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Simulator.Hosting;

namespace VoiceOrdering.Realtime.Simulator;

/// <summary>A simulator on a Kestrel endpoint of its own, in this process. Dispose to stop it.</summary>
public sealed class RealtimeSimulator : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Lock _gate = new();
    private Task? _stopped;

    private RealtimeSimulator(WebApplication application, Uri endpoint)
    {
        _application = application;
        Endpoint = endpoint;
    }

    /// <summary>Base address up to and including <c>/v1</c>, as the adapter's <c>Endpoint</c> setting takes it.</summary>
    public Uri Endpoint { get; }

    /// <summary>Faults and open sessions.</summary>
    public SimulatorControl Control => _application.Services.GetRequiredService<SimulatorControl>();

    /// <summary>The simulator's services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Starts a simulator.</summary>
    /// <param name="configure">Settings; null for the defaults.</param>
    /// <param name="services">Registers another brain, voice or clock; null for none.</param>
    /// <param name="address">Where to listen; null takes a free port on the loopback interface.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    public static async Task<RealtimeSimulator> StartAsync(
        Action<SimulatorOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        IPEndPoint? address = null,
        CancellationToken cancellationToken = default)
    {
        // Not the working directory: the configuration watches its content root with all folders below, and data may be there.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address ?? new IPEndPoint(IPAddress.Loopback, 0)));
        services?.Invoke(builder.Services);
        builder.Services.AddRealtimeSimulator(configure);
        builder.Services.AddSingleton<IHostLifetime, CallerOwnedLifetime>();
        var application = builder.Build();
        application.MapRealtimeSimulator();
        await application.StartAsync(cancellationToken);
        var listening = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RealtimeSimulator(application, new Uri(listening + "/v1"));
    }

    /// <summary>Stops the simulator; sessions still open are cut. Repeating it waits for the first time.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopped ??= StopAsync();
            return new ValueTask(_stopped);
        }
    }

    private async Task StopAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
