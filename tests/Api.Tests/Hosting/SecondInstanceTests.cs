using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>A running instance against a second one, and against its own end while somebody listens.</summary>
public sealed class SecondInstanceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _data = Directory.CreateTempSubdirectory("vo-second-").FullName;

    [Fact]
    public async Task One_data_folder_has_one_instance_and_an_open_stream_does_not_keep_it_alive()
    {
        using var first = Start();
        try
        {
            var address = await AddressAsync(first);
            using (var second = Start())
            {
                var said = second.StandardError.ReadToEndAsync();
                await second.WaitForExitAsync().WaitAsync(Patience);
                second.ExitCode.ShouldBe(2, await said);
                (await said).Trim().ShouldBe($"voiceordering: the data folder {_data} is in use by another instance; choose another with --data");
            }

            using var http = new HttpClient { BaseAddress = new Uri(address) };
            using var loggedIn = await http.PostAsJsonAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = "pw" });
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await loggedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());
            using var stream = await http.GetAsync("/api/v1/orders/events", HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
            stream.IsSuccessStatusCode.ShouldBeTrue();
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line && line != "event: feed.ready")
            {
            }

            var rest = first.StandardOutput.ReadToEndAsync();
            Process.Start("kill", ["-TERM", $"{first.Id}"]).Dispose();
            await first.WaitForExitAsync().WaitAsync(Patience);
            first.ExitCode.ShouldBe(0, await rest + await first.StandardError.ReadToEndAsync());
        }
        finally
        {
            if (!first.HasExited)
            {
                first.Kill();
            }
        }

        using var next = Start();
        await AddressAsync(next);
        next.Kill();
        await next.WaitForExitAsync().WaitAsync(Patience);
        using var afterTheCrash = Start();
        await AddressAsync(afterTheCrash);
        afterTheCrash.Kill();
        await afterTheCrash.WaitForExitAsync().WaitAsync(Patience);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task<string> AddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("ready: ", StringComparison.Ordinal))
            {
                return line.Split(' ')[1];
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    private Process Start()
    {
        var assembly = typeof(VoiceOrdering.Api.Hosting.ApiSettings).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [assembly, "--port", "0", "--udp-port", "0", "--data", _data, "--simulator", "off"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("OPENAI_API_KEY");
        start.Environment["VO_DEV_PASSWORD"] = "pw";
        return Process.Start(start)!;
    }
}
