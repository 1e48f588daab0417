using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Realtime.OpenAi;
using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>Registration, settings and the warning about models that end, in a real host.</summary>
public sealed class ModelRetirementTests
{
    [Fact]
    public async Task A_model_that_will_be_switched_off_is_warned_of_at_start()
    {
        await using var bench = await Bench.StartAsync();
        var log = new WarningLog();
        using var host = CreateHost(log, new Dictionary<string, string?>
        {
            ["Realtime:Endpoint"] = bench.Options.Endpoint.ToString(),
            ["Realtime:ApiKey"] = "sk-test",
            ["Realtime:Model"] = "gpt-realtime",
            ["Realtime:TranscriptionModel"] = "unheard-of",
        });

        await host.StartAsync();
        var first = await log.NextAsync();
        var second = await log.NextAsync();

        first.ShouldContain("gpt-realtime");
        first.ShouldContain("01/20/2027");
        second.ShouldContain("unheard-of: status 404");
        host.Services.GetRequiredService<IRealtimeProvider>().GetCapabilities().Model.ShouldBe("gpt-realtime");
        host.Services.GetRequiredService<RealtimePricing>().FindRates("gpt-realtime").ShouldBeNull();
        await host.StopAsync();
    }

    [Fact]
    public async Task Settings_out_of_range_stop_the_start()
    {
        using var host = CreateHost(new WarningLog(), new Dictionary<string, string?> { ["Realtime:ConnectTimeoutSeconds"] = "0" });

        var failure = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => host.StartAsync());

        failure.Message.ShouldContain("ConnectTimeoutSeconds");
    }

    private static IHost CreateHost(ILoggerProvider log, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(log);
        builder.Services.AddOpenAiRealtime(builder.Configuration);
        return builder.Build();
    }

    private sealed class WarningLog : ILoggerProvider, ILogger
    {
        private readonly System.Threading.Channels.Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public async Task<string> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            return await _lines.Reader.ReadAsync(limit.Token);
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _lines.Writer.TryWrite(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
