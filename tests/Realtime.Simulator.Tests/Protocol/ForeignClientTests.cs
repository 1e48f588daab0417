using System.Diagnostics;
using Xunit.Abstractions;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>
/// Clients nobody here wrote: the npm packages openai and @openai/agents-realtime hold a conversation with the simulator. They are installed
/// under <c>artifacts/js-client</c>, once per lock file.
/// </summary>
public sealed class ForeignClientTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_installLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_runLimit = TimeSpan.FromSeconds(90);

    [NodeFact]
    public async Task The_javascript_packages_talk_to_the_simulator_without_an_error()
    {
        var folder = await InstallAsync();
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.AudioSpeed = 10);

        var (exitCode, text) = await RunAsync(folder, s_runLimit, "node", "clients.mjs", simulator.Endpoint.ToString());

        output.WriteLine(text);
        exitCode.ShouldBe(0, text);
        text.ShouldContain("ok openai:");
        text.ShouldContain("ok agents-realtime:");
    }

    [Fact]
    public void The_lock_file_names_no_registry()
    {
        var text = File.ReadAllText(Path.Combine(SourceFolder(), "package-lock.json"));

        text.ShouldNotContain("\"resolved\"");
        text.ShouldNotContain("registry");
    }

    private static async Task<string> InstallAsync()
    {
        var source = SourceFolder();
        var folder = Path.Combine(RepositoryRoot(), "artifacts", "js-client");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        var stamp = Path.Combine(folder, "node_modules", ".installed-lock");
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
        {
            var (exitCode, text) = await RunAsync(
                folder, s_installLimit, "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
            exitCode.ShouldBe(0, text);
            await File.WriteAllTextAsync(stamp, wanted);
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(string folder, TimeSpan limit, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(limit);
        var printed = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var complained = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit}; it said: {await printed} {await complained}");
        }

        return (process.ExitCode, await printed + await complained);
    }

    private static string SourceFolder() => Path.Combine(RepositoryRoot(), "tools", "js-client");

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VoiceOrdering.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The repository root was not found above the tests.");
    }
}
