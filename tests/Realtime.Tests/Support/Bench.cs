using Microsoft.Extensions.Options;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.OpenAi;
using VoiceOrdering.Realtime.Simulator;
using VoiceOrdering.Realtime.Simulator.Faults;

namespace VoiceOrdering.Realtime.Tests.Support;

/// <summary>One simulator on a real socket and the adapter pointed at it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly RealtimeSimulator _simulator;

    private Bench(RealtimeSimulator simulator, OpenAiRealtimeOptions options)
    {
        _simulator = simulator;
        Options = options;
    }

    public OpenAiRealtimeOptions Options { get; }

    public SimulatorControl Control => _simulator.Control;

    public OpenAiRealtimeProvider Provider => new(Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System);

    public static async Task<Bench> StartAsync(SimulatorFaults? faults = null, Action<SimulatorOptions>? configure = null)
    {
        var simulator = await RealtimeSimulator.StartAsync(options =>
        {
            options.AudioSpeed = 50;
            configure?.Invoke(options);
        });
        simulator.Control.Faults = faults ?? SimulatorFaults.None;
        return new Bench(simulator, new OpenAiRealtimeOptions { Endpoint = simulator.Endpoint, ApiKey = "sk-test" });
    }

    public Task<IRealtimeSession> ConnectAsync(SessionSettings? settings = null) =>
        Provider.ConnectAsync(new RealtimeConnectOptions { Settings = settings });

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();
}
