using System.Net;
using System.Net.Sockets;
using VoiceOrdering.Realtime.OpenAi;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>A connect that fails says whose move it is.</summary>
public sealed class ConnectTests
{
    [Theory]
    [InlineData(401, ProviderErrorKind.Fatal, RealtimeErrorCodes.Unauthorized)]
    [InlineData(403, ProviderErrorKind.Fatal, RealtimeErrorCodes.Unauthorized)]
    [InlineData(429, ProviderErrorKind.Retriable, RealtimeErrorCodes.RateLimited)]
    [InlineData(503, ProviderErrorKind.Retriable, RealtimeErrorCodes.Unreachable)]
    [InlineData(404, ProviderErrorKind.Bug, RealtimeErrorCodes.UpgradeRefused)]
    public async Task A_refused_upgrade_is_told_by_its_status(int status, ProviderErrorKind kind, string code)
    {
        await using var bench = await Bench.StartAsync(
            SimulatorFaults.None with { RefuseUpgrades = 1, RefuseStatus = status, RetryAfterSeconds = 7 });

        var failure = await Should.ThrowAsync<RealtimeException>(() => bench.ConnectAsync());

        (failure.Kind, failure.Code, failure.HttpStatus).ShouldBe((kind, code, (int?)status));
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        await using var second = await bench.ConnectAsync();
        second.SessionId.ShouldStartWith("sess_");
    }

    [Fact]
    public async Task A_wrong_key_is_fatal()
    {
        await using var bench = await Bench.StartAsync(configure: options => options.ApiKeys.Add("sk-other"));

        var failure = await Should.ThrowAsync<RealtimeException>(() => bench.ConnectAsync());

        (failure.Kind, failure.HttpStatus).ShouldBe((ProviderErrorKind.Fatal, (int?)401));
    }

    [Fact]
    public async Task No_key_is_fatal_without_any_network()
    {
        var provider = new OpenAiRealtimeProvider(
            Microsoft.Extensions.Options.Options.Create(new OpenAiRealtimeOptions()), TimeProvider.System);

        var failure = await Should.ThrowAsync<RealtimeException>(() => provider.ConnectAsync(new RealtimeConnectOptions()));

        (failure.Kind, failure.Code).ShouldBe((ProviderErrorKind.Fatal, RealtimeErrorCodes.KeyMissing));
    }

    [Fact]
    public async Task Nobody_listening_is_retriable()
    {
        await using var bench = await Bench.StartAsync();
        bench.Options.Endpoint = new Uri($"http://127.0.0.1:{FreePort()}/v1");

        var failure = await Should.ThrowAsync<RealtimeException>(() => bench.ConnectAsync());

        (failure.Kind, failure.Code, failure.HttpStatus).ShouldBe((ProviderErrorKind.Retriable, RealtimeErrorCodes.Unreachable, null));
    }

    [Fact]
    public async Task A_provider_that_stays_silent_is_given_up_after_the_connect_time_out()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { SilentStart = true });
        var options = new RealtimeConnectOptions { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        var started = TimeProvider.System.GetTimestamp();

        var failure = await Should.ThrowAsync<RealtimeException>(() => bench.Provider.ConnectAsync(options));

        (failure.Kind, failure.Code).ShouldBe((ProviderErrorKind.Retriable, RealtimeErrorCodes.ConnectTimeout));
        TimeProvider.System.GetElapsedTime(started).TotalSeconds.ShouldBeInRange(0.29, 1.9, "The close time-out of 2 s does not come on top.");
    }

    [Fact]
    public async Task A_cancelled_connect_is_no_time_out()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { SilentStart = true });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(
            () => bench.Provider.ConnectAsync(new RealtimeConnectOptions(), stop.Token));
    }

    [Fact]
    public async Task Settings_the_provider_refuses_fail_the_connect()
    {
        await using var bench = await Bench.StartAsync();
        var settings = new SessionSettings { TurnDetection = new TurnDetection.ServerVad { Threshold = 3 } };

        var failure = await Should.ThrowAsync<RealtimeException>(() => bench.ConnectAsync(settings));

        (failure.Kind, failure.Code).ShouldBe((ProviderErrorKind.Bug, "INVALID_VALUE"));
    }

    [Fact]
    public async Task Tools_without_a_schema_never_reach_the_wire()
    {
        await using var bench = await Bench.StartAsync();
        var settings = new SessionSettings { Tools = [new ToolDefinition("broken", "", "{no json")] };

        var failure = await Should.ThrowAsync<RealtimeException>(() => bench.ConnectAsync(settings));

        (failure.Kind, failure.Code).ShouldBe((ProviderErrorKind.Bug, RealtimeErrorCodes.InvalidArgument));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", null, "wss://api.openai.com/v1/realtime?model=m%201")]
    [InlineData("http://127.0.0.1:8090/v1/", null, "ws://127.0.0.1:8090/v1/realtime?model=m%201")]
    [InlineData("https://api.openai.com/v1", "rtc_1", "wss://api.openai.com/v1/realtime?call_id=rtc_1")]
    public void The_address_follows_the_endpoint(string endpoint, string? callId, string expected) =>
        OpenAiSocket.BuildAddress(new Uri(endpoint), "m 1", callId).AbsoluteUri.ShouldBe(expected);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
