using System.CommandLine;
using System.Net;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Ear;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>The simulator as a program of its own.</summary>
internal static class SimulatorCommand
{
    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "TCP port (0 takes a free one).", DefaultValueFactory = _ => 8090 };
        var host = new Option<string>("--host") { Description = "Address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };
        var keys = new Option<string[]>("--key") { Description = "Accept this API key only; may be repeated. Without it any key is accepted." };
        var seconds = new Option<int>("--session-seconds") { Description = "Life of a session.", DefaultValueFactory = _ => 3600 };
        var speed = new Option<double>("--speed") { Description = "How many times faster than playback audio is sent.", DefaultValueFactory = _ => 4 };
        var control = new Option<bool>("--control") { Description = "Allow faults to be set over HTTP under /simulator." };
        var cache = new Option<string?>("--ear-cache") { Description = "Folder for what the ear has learned; without it every menu is learned again after a restart." };
        var root = new RootCommand("An OpenAI-compatible Realtime endpoint without a model behind it.")
        {
            port, host, keys, seconds, speed, control, cache,
        };
        root.SetAction(async (given, stop) =>
        {
            if (!IPAddress.TryParse(given.GetValue(host), out var address) || given.GetValue(port) is < 0 or > 65_535)
            {
                await Console.Error.WriteLineAsync("The address must be an IP address and the port 0 to 65535.");
                return 2;
            }

            var ear = new EarSettings { CacheDirectory = given.GetValue(cache) };
            return await RunAsync(new IPEndPoint(address, given.GetValue(port)), ear, options =>
            {
                options.SessionSeconds = given.GetValue(seconds);
                options.AudioSpeed = given.GetValue(speed);
                options.ControlApi = given.GetValue(control);
                foreach (var key in given.GetValue(keys) ?? [])
                {
                    options.ApiKeys.Add(key);
                }
            }, stop);
        });
        return root;
    }

    private static async Task<int> RunAsync(IPEndPoint address, EarSettings ear, Action<SimulatorOptions> configure, CancellationToken stop)
    {
        try
        {
            await using var simulator = await RealtimeSimulator.StartAsync(configure, services => services.AddOrderingAgent(ear), address, stop);
            Console.WriteLine($"Realtime simulator on {simulator.Endpoint}");
            var stopped = new TaskCompletionSource();
            using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            return 0;
        }
        catch (Exception failure) when (failure is IOException or Microsoft.Extensions.Options.OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
