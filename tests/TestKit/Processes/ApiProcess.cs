using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace VoiceOrdering.TestKit.Processes;

/// <summary>The product as a process of its own, as <c>./vo run</c> starts it; can be killed at any instant.</summary>
public sealed class ApiProcess : IAsyncDisposable
{
    /// <summary>Password of every development user of the processes started here.</summary>
    public const string Password = "correct horse battery";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(240);
    private readonly Process process;
    private readonly List<string> output = [];
    private readonly List<(string Words, TaskCompletionSource Seen)> awaited = [];

    private ApiProcess(Process process, ApiStart start)
    {
        this.process = process;
        Start = start;
    }

    /// <summary>How it was started.</summary>
    public ApiStart Start { get; }

    /// <summary>Address of pages and API.</summary>
    public string Address => $"http://localhost:{Start.Port}";

    /// <summary>All lines printed so far.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (output)
            {
                return [.. output];
            }
        }
    }

    /// <summary>Starts the process and waits for its line that says it is ready.</summary>
    public static async Task<ApiProcess> StartAsync(ApiStart start)
    {
        var info = new ProcessStartInfo("dotnet", [start.Assembly, "--port", $"{start.Port}", "--udp-port", $"{start.UdpPort}", "--data", start.DataDirectory, .. start.Extra])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["VO_DEV_PASSWORD"] = Password;
        if (start.EarModels is { } models)
        {
            info.Environment["Simulator__Ear__CacheDirectory"] = models;
        }

        info.Environment.Remove("OPENAI_API_KEY");
        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        var api = new ApiProcess(process, start);
        process.OutputDataReceived += (_, line) => api.Read(line.Data);
        process.ErrorDataReceived += (_, line) => api.Read(line.Data);
        process.Exited += (_, _) => api.End();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await api.LineAsync(ApiStart.ReadyWords);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the simulator has learned to hear a restaurant's menu; at once when its model is on disk.</summary>
    public Task HearsAsync(string restaurant) => LineAsync($"{ApiStart.HearsWords} the simulator understands speech at {restaurant}");

    /// <summary>Ends the process at this instant, without warning (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end (SIGTERM) and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task LineAsync(string words)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (output)
        {
            if (output.Exists(line => line.Contains(words, StringComparison.Ordinal)))
            {
                return;
            }

            awaited.Add((words, seen));
        }

        try
        {
            await seen.Task.WaitAsync(StartTimeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process did not print '{words}' within {StartTimeout.TotalSeconds} s:\n{LastLines()}");
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
            foreach (var (_, seen) in awaited.Where(a => line.Contains(a.Words, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }

    private void End()
    {
        lock (output)
        {
            foreach (var (words, seen) in awaited)
            {
                seen.TrySetException(new InvalidOperationException($"The process ended with code {process.ExitCode} before it printed '{words}':\n{LastLines()}"));
            }
        }
    }

    private string LastLines() => string.Join('\n', Output.TakeLast(30));
}

/// <summary>How to start the product.</summary>
/// <param name="Assembly">Path of VoiceOrdering.Api.dll.</param>
/// <param name="Port">HTTP port.</param>
/// <param name="UdpPort">Media port.</param>
/// <param name="DataDirectory">Data folder; kept over restarts by starting again with the same value.</param>
/// <param name="Extra">More options.</param>
public sealed record ApiStart(string Assembly, int Port, int UdpPort, string DataDirectory, params string[] Extra)
{
    /// <summary>The process prints a line with these words when it can take calls.</summary>
    public const string ReadyWords = "ready:";

    /// <summary>… and one with these words for every restaurant it can hear.</summary>
    public const string HearsWords = "hears:";

    /// <summary>Folder of trained ears shared by several data folders; null keeps them in the data folder.</summary>
    public string? EarModels { get; init; }

    /// <summary>Free ports and the assembly built beside the caller's configuration.</summary>
    /// <param name="repositoryRoot">Root of the checkout.</param>
    /// <param name="dataDirectory">Data folder.</param>
    /// <param name="extra">More options.</param>
    public static ApiStart Fresh(string repositoryRoot, string dataDirectory, params string[] extra)
    {
        var configuration = typeof(ApiStart).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return new ApiStart(Path.Combine(repositoryRoot, "src/Api/bin", configuration, "net10.0/VoiceOrdering.Api.dll"), FreeTcpPort(), FreeUdpPort(), dataDirectory, extra);
    }

    private static int FreeTcpPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int FreeUdpPort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }
}
