using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>The program itself, as people and service managers start it.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private const string Password = "correct horse battery";

    private readonly List<Process> _started = [];
    private readonly string _data = Directory.CreateTempSubdirectory("vo-process-").FullName;

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--port", "eighty")]
    [InlineData("--simulator", "maybe")]
    public async Task A_wrong_start_is_one_line_and_exit_code_2(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
        errors.ShouldStartWith("voiceordering: ");
    }

    [Fact]
    public async Task An_occupied_port_is_one_line_and_exit_code_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, _, errors) = await RunAsync("--port", $"{port}", "--udp-port", "0", "--data", _data);
        code.ShouldBe(2);
        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
        errors.ShouldContain($"port {port} is in use");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_one_line()
    {
        var file = Path.Combine(_data, "a-file");
        await File.WriteAllTextAsync(file, "");
        var (code, _, errors) = await RunAsync("--port", "0", "--udp-port", "0", "--data", Path.Combine(file, "below"));
        code.ShouldBe(2);
        errors.ShouldContain("--data");
    }

    [Fact]
    public async Task A_data_folder_belongs_to_one_process_until_that_ends_however_it_ends()
    {
        using var first = Start("--port", "0", "--udp-port", "0", "--data", _data, "--simulator", "off");
        await ReadyAsync(first);

        var (code, _, errors) = await RunAsync("--port", "0", "--udp-port", "0", "--data", _data, "--simulator", "off");
        code.ShouldBe(1);
        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
        errors.ShouldContain("STORAGE_IN_USE");

        first.Kill();
        await first.WaitForExitAsync().WaitAsync(Patience);
        using var next = Start("--port", "0", "--udp-port", "0", "--data", _data, "--simulator", "off");
        await ReadyAsync(next);
        next.Kill();
        await next.WaitForExitAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task It_says_who_may_log_in_and_ends_with_0_when_asked_to()
    {
        using var process = Start("--port", "0", "--udp-port", "0", "--data", _data, "--simulator", "off");
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("ready: ", StringComparison.Ordinal))
            {
                break;
            }
        }

        var told = string.Join('\n', lines);
        told.ShouldContain("ready: http://localhost:");
        foreach (var user in new[] { "owner@demo-burger", "staff@demo-pizza", "server@demo-burger", "ops@platform" })
        {
            told.ShouldContain(user);
        }

        told.ShouldContain("password");
        var rest = process.StandardOutput.ReadToEndAsync();
        Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.ShouldBe(0, await rest + await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task An_open_stream_does_not_keep_it_from_ending()
    {
        using var process = Start("--port", "0", "--udp-port", "0", "--data", _data, "--simulator", "off");
        using var http = new HttpClient { BaseAddress = new Uri(await ReadyAsync(process)) };
        using var loggedIn = await http.PostAsJsonAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = Password });
        var token = (await loggedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var stream = await http.GetAsync("/api/v1/orders/events", HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync().WaitAsync(Patience)).ShouldNotBeNull();

        var rest = process.StandardOutput.ReadToEndAsync();
        Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.ShouldBe(0, await rest + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>A test that failed may have left its processes.</summary>
    public void Dispose()
    {
        foreach (var process in _started.Where(IsRunning))
        {
            process.Kill();
            process.WaitForExit();
        }

        Directory.Delete(_data, recursive: true);
    }

    private static bool IsRunning(Process process)
    {
        try
        {
            return !process.HasExited;
        }
        catch (InvalidOperationException)
        {
            // Disposed of by its test.
            return false;
        }
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await errors);
    }

    private static async Task<string> ReadyAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("ready: ", StringComparison.Ordinal))
            {
                return line.Split(' ')[1];
            }
        }

        throw new InvalidOperationException($"The process ended before it was ready: {await process.StandardError.ReadToEndAsync()}");
    }

    private Process Start(params string[] arguments)
    {
        var assembly = typeof(VoiceOrdering.Api.Hosting.ApiSettings).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("OPENAI_API_KEY");
        start.Environment["VO_DEV_PASSWORD"] = Password;
        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }
}
