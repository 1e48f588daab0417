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

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private readonly Process process;
    private readonly List<string> output = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        info.Environment.Remove("OPENAI_API_KEY");
        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        var api = new ApiProcess(process, start);
        process.OutputDataReceived += (_, line) => api.Read(line.Data);
        process.ErrorDataReceived += (_, line) => api.Read(line.Data);
        process.Exited += (_, _) => api.ready.TrySetException(new InvalidOperationException($"The process ended with code {process.ExitCode} before it was ready:\n{string.Join('\n', api.Output.TakeLast(30))}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await api.ready.Task.WaitAsync(StartTimeout);
            return api;
        }
        catch (TimeoutException)
        {
            var lines = string.Join('\n', api.Output.TakeLast(30));
            await api.DisposeAsync();
            throw new TimeoutException($"The process was not ready within {StartTimeout.TotalSeconds} s:\n{lines}");
        }
    }

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

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
        }

        if (line.Contains(ApiStart.ReadyWords, StringComparison.OrdinalIgnoreCase))
        {
            ready.TrySetResult();
        }
    }
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
