using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Hosting;
using VoiceOrdering.Silo.Observability;
using VoiceOrdering.Silo.Observability.Logging;
using VoiceOrdering.Silo.Observability.Metrics;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Tests.Observability;
using VoiceOrdering.Silo.Tests.Storage;

namespace VoiceOrdering.Silo.Tests.Hosting;

public sealed class SiloHostingTests : IDisposable
{
    private readonly TemporaryFile file = new();
    private readonly CollectingSink logs = new(SiloLogging.Formatter(LogFormat.Json, development: false));

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Grain_state_survives_a_restart_of_the_silo()
    {
        for (var start = 0; start < 3; start++)
        {
            using var host = await StartAsync();
            var counter = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("one");
            (await counter.IncrementAsync().InTimeAsync()).ShouldBe((start * 2) + 1);
            (await counter.IncrementAsync().InTimeAsync()).ShouldBe((start * 2) + 2);
            await host.StopAsync().InTimeAsync();
        }
    }

    [Fact]
    public async Task The_seed_has_run_when_the_host_counts_as_started()
    {
        using var host = await StartAsync(settings => settings with
        {
            Seed = async (services, _) => await services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("seeded").IncrementAsync(),
        });
        (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("seeded").IncrementAsync().InTimeAsync()).ShouldBe(2);
        await host.StopAsync().InTimeAsync();
    }

    [Fact]
    public async Task A_running_silo_is_ready_and_a_closed_database_is_not()
    {
        using var host = await StartAsync();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        var ready = await health.CheckHealthAsync(check => check.Tags.Contains(SiloHosting.ReadyTag)).InTimeAsync();
        ready.Entries.Keys.Order(StringComparer.Ordinal).ShouldBe(["engine", "storage"]);
        ready.Status.ShouldBe(HealthStatus.Healthy, string.Join("; ", ready.Entries.Select(e => $"{e.Key}: {e.Value.Description} {e.Value.Exception}")));

        host.Services.GetRequiredService<RelationalDatabase>().Dispose();
        var report = await health.CheckHealthAsync().InTimeAsync();
        report.Entries["storage"].Status.ShouldBe(HealthStatus.Unhealthy);
        report.Entries["storage"].Description!.ShouldStartWith(StorageErrorCodes.Closed);
        await host.StopAsync().InTimeAsync();
    }

    [Fact]
    public async Task Request_and_session_ids_follow_calls_through_grains_into_every_line()
    {
        using (var host = await StartAsync())
        {
            Correlation.RequestId = "req_given";
            Correlation.SessionId = "ses_given";
            await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("front").LogThroughAsync("behind").InTimeAsync();
            Orleans.Runtime.RequestContext.Clear();
            await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("alone").LogThroughAsync("alone-behind").InTimeAsync();
            Correlation.RequestId.ShouldBeNull("an id made for a call ends with it");
            await host.StopAsync().InTimeAsync();
        }
        var lines = logs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Properties"))
            .Where(properties => properties.TryGetProperty("grain", out _)).ToDictionary(properties => properties.GetProperty("grain").GetString()!);
        foreach (var grain in new[] { "front", "behind" })
        {
            lines[grain].GetProperty("requestId").GetString().ShouldBe("req_given");
            lines[grain].GetProperty("sessionId").GetString().ShouldBe("ses_given");
        }
        var made = lines["alone"].GetProperty("requestId").GetString();
        made!.ShouldStartWith("req_");
        lines["alone-behind"].GetProperty("requestId").GetString().ShouldBe(made);
        lines["alone"].TryGetProperty("sessionId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Calls_of_a_session_name_it_by_the_grain_that_is_called()
    {
        using (var host = await StartAsync())
        {
            var caller = new Caller("user", new RestaurantId("demo-burger"), []);
            await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICartGrain>("ses_called").ViewAsync(caller).InTimeAsync();
            await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("no session").IncrementAsync().InTimeAsync();
            await host.StopAsync().InTimeAsync();
        }
        var lines = logs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Properties"))
            .Where(properties => properties.TryGetProperty("turn", out _)).ToLookup(properties => properties.GetProperty("turn").GetString());
        lines[nameof(ICartGrain.ViewAsync)].ShouldHaveSingleItem().GetProperty("sessionId").GetString().ShouldBe("ses_called");
        lines[nameof(ICounterGrain.IncrementAsync)].ShouldHaveSingleItem().TryGetProperty("sessionId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Tokens_protected_before_a_restart_are_readable_after_it()
    {
        string token;
        using (var host = await StartAsync())
        {
            token = host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("tokens").Protect("subject");
            await host.StopAsync().InTimeAsync();
        }
        using var second = await StartAsync();
        second.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("tokens").Unprotect(token).ShouldBe("subject");
        await second.StopAsync().InTimeAsync();
    }

    [Fact]
    public async Task The_metrics_of_a_running_silo_are_valid_text()
    {
        using var host = await StartAsync();
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("one").IncrementAsync().InTimeAsync();
        var parsed = PrometheusParser.Parse(host.Services.GetRequiredService<PrometheusText>().Write());
        parsed.Samples.ShouldContain(s => s.Name == "storage_writes_total" && s.Value >= 1);
        parsed.Samples.ShouldContain(s => s.Name.StartsWith("orleans_", StringComparison.Ordinal));
        await host.StopAsync().InTimeAsync();
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_stops_the_start_with_its_sentence()
    {
        await File.WriteAllTextAsync(file.Settings.Path, new string('x', 8_192));
        using var host = Build();
        var refused = await Should.ThrowAsync<StorageException>(host.StartAsync().InTimeAsync());
        refused.Message.ShouldContain("it is not a SQLite database");
    }

    [Fact]
    public void Every_setting_out_of_range_is_named_in_one_sentence()
    {
        var good = new SiloSettings { Storage = file.Settings };
        good.Faults().ShouldBeEmpty();
        (SiloSettings Bad, string Named)[] cases =
        [
            (good with { SiloPort = 0 }, "SiloPort"), (good with { GatewayPort = 70_000 }, "GatewayPort"), (good with { ClusterId = "" }, "ClusterId"),
            (good with { ResponseTimeout = TimeSpan.Zero }, "ResponseTimeout"), (good with { CollectionAge = TimeSpan.FromDays(2) }, "CollectionAge"),
            (good with { Storage = file.Settings with { Path = " " } }, "path"), (good with { Storage = file.Settings with { Readers = 65 } }, "Readers"),
            (good with { Metrics = new MetricsSettings { SeriesPerMetric = 0 } }, "SeriesPerMetric"),
        ];
        foreach (var (bad, named) in cases)
        {
            bad.Faults().ShouldHaveSingleItem().ShouldContain(named);
            Should.Throw<ArgumentException>(() => Host.CreateApplicationBuilder().AddVoiceOrderingSilo(bad)).Message.ShouldContain(named);
        }
    }

    private IHost Build(Func<SiloSettings, SiloSettings>? with = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(SiloLogging.CreateLogger(new LogSettings(), development: false, logs), dispose: true);
        var settings = new SiloSettings { Storage = file.Settings };
        builder.AddVoiceOrderingSilo(with is null ? settings : with(settings));
        builder.Services.AddSingleton<IIncomingGrainCallFilter, TurnLog>();
        return builder.Build();
    }

    private async Task<IHost> StartAsync(Func<SiloSettings, SiloSettings>? with = null)
    {
        var host = Build(with);
        await host.StartAsync().InTimeAsync();
        return host;
    }

    /// <summary>Logs a line in every turn, as a grain would.</summary>
    private sealed class TurnLog(ILogger<TurnLog> logger) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            logger.LogInformation("In a turn of {turn}", context.InterfaceMethod.Name);
            return context.Invoke();
        }
    }
}
