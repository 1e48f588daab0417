using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Tests.Events;

public sealed class StreamLimitsTests
{
    [Fact]
    public async Task A_caller_has_only_so_many_streams_and_a_closed_one_makes_room()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions { Limits = new Dictionary<string, int> { ["EventStreamsPerCaller"] = 2, ["HeartbeatSeconds"] = 1 } });
        try
        {
            var staff = await host.LogInAsync("staff@demo-burger");
            using var ended = new StreamEnds(host, "kitchen", "client_gone");
            var first = await staff.ListenAsync("/api/v1/orders/events");
            using var second = await staff.ListenAsync("/api/v1/orders/events");
            (await staff.GetAsync("/api/v1/orders/events")).ShouldBeProblem(429, "STREAMS_EXHAUSTED");
            first.Dispose();
            await ended.Seen.WaitAsync(TimeSpan.FromSeconds(20));
            using var third = await staff.ListenAsync("/api/v1/orders/events");
            (await third.NextAsync("feed.ready")).Name.ShouldBe("feed.ready");
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_is_alive()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions { Limits = new Dictionary<string, int> { ["HeartbeatSeconds"] = 1 } });
        try
        {
            var staff = await host.LogInAsync("staff@demo-burger");
            using var stream = await staff.ListenAsync("/api/v1/orders/events");
            string? line;
            do
            {
                line = await stream.LineAsync("a heartbeat");
            }
            while (line is not null && !line.StartsWith(':'));
            line.ShouldBe(":");
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_reader_who_does_not_read_is_cut_off_and_counted()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions { Limits = new Dictionary<string, int> { ["EventQueue"] = 16 } });
        try
        {
            var staff = await host.LogInAsync("staff@demo-burger");
            var sessionId = await staff.OpenSessionAsync();
            using var ended = new StreamEnds(host, "session", "slow_reader");
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
            await socket.ConnectAsync(host.Address.Host, host.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/sessions/{sessionId}/events HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {staff.Token}\r\n\r\n"));
            var head = new byte[1_024];
            (await socket.ReceiveAsync(head)).ShouldBeGreaterThan(0);

            var session = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ISessionGrain>(sessionId);
            var caller = new Caller("dev:staff@demo-burger", new RestaurantId("demo-burger"), [Scopes.OrdersCreate, Scopes.OrdersRead, Scopes.OrdersWrite]);
            (await session.AttachAsync(caller, new AttachBridge("bridge-of-the-test", "text"))).IsOk.ShouldBeTrue();
            var data = $$"""{"itemId":"i","role":"assistant","delta":"{{new string('x', 60_000)}}"}""";
            for (var sent = 0; sent < 2_000 && !ended.Seen.IsCompleted; sent++)
            {
                await session.RelayAsync("bridge-of-the-test", SessionEventNames.TranscriptDelta, data);
            }

            await ended.Seen.WaitAsync(TimeSpan.FromSeconds(40));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Stopping_ends_streams_at_once()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            var staff = await host.LogInAsync("staff@demo-burger");
            using var stream = await staff.ListenAsync("/api/v1/orders/events");
            await stream.NextAsync("feed.ready");
            var stopping = host.StopAsync();
            (await stream.TryNextAsync("the end")).ShouldBeNull();
            await stopping.WaitAsync(TimeSpan.FromSeconds(15));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>Completes when the metric counts the end of a stream with this feed and reason.</summary>
    private sealed class StreamEnds : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public StreamEnds(ApiHost host, string feed, string reason)
        {
            // Other hosts of this process count too; a meter belongs to the factory that made it.
            var own = host.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "api_event_stream_ends_total" && ReferenceEquals(instrument.Meter.Scope, own))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                if (tags.ToArray().Count(tag => (tag.Key == "feed" && Equals(tag.Value, feed)) || (tag.Key == "reason" && Equals(tag.Value, reason))) == 2)
                {
                    _seen.TrySetResult();
                }
            });
            _listener.Start();
        }

        public Task Seen => _seen.Task;

        public void Dispose() => _listener.Dispose();
    }
}
