using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Api.Calls;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.TestKit.Media;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>Calls over the HTTP surface of a whole host with the simulator.</summary>
public sealed class CallsHttpTests
{
    [Fact]
    public async Task A_browser_connects_talks_and_hangs_up_and_the_session_can_be_taken_up_again()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiHostOptions { Simulator = true });
        ApiClient customer = await host.LogInAsync("owner@demo-burger");
        string session = await customer.OpenSessionAsync();
        using EventReader events = await customer.ListenAsync($"/api/v1/sessions/{session}/events");
        await using var caller = new SyntheticCaller(new SyntheticCallerOptions());

        ApiAnswer answer = await customer.SendAsync(HttpMethod.Post, $"/api/v1/sessions/{session}/webrtc", Sdp(caller.CreateOffer()));
        answer.ShouldBe(201);
        answer.MediaType.ShouldBe("application/sdp");
        string location = answer.Headers["location"];
        location.ShouldStartWith($"/api/v1/sessions/{session}/webrtc/leg_");
        await caller.ConnectAsync(answer.Text, CancellationToken.None);
        (await events.NextAsync("session.phase", "connecting")).Data.GetProperty("phase").GetString().ShouldBe("connecting");
        (await events.NextAsync("session.phase", "active")).Data.GetProperty("phase").GetString().ShouldBe("active");

        (await customer.PostAsync($"/api/v1/sessions/{session}/messages", new { text = "hello" })).ShouldBe(202);
        (await events.NextAsync("transcript.done", "the typed turn")).Data.GetProperty("text").GetString().ShouldBe("hello");
        (await customer.DeleteAsync(location)).ShouldBe(204);
        (await events.NextAsync("session.phase", "interrupted")).Data.GetProperty("phase").GetString().ShouldBe("interrupted");
        (await customer.DeleteAsync(location)).ShouldBeProblem(404, "LEG_UNKNOWN");
    }

    [Fact]
    public async Task A_typed_conversation_is_answered_by_events()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiHostOptions { Simulator = true });
        ApiClient customer = await host.LogInAsync("owner@demo-burger");
        string session = await customer.OpenSessionAsync();
        using EventReader events = await customer.ListenAsync($"/api/v1/sessions/{session}/events");

        ApiAnswer taken = await customer.PostAsync($"/api/v1/sessions/{session}/messages", new { text = "hello" });
        taken.ShouldBe(202).Json.GetProperty("itemId").GetString().ShouldStartWith("typ_");
        (await events.NextAsync("transcript.done", "the typed turn")).Data.GetProperty("role").GetString().ShouldBe("caller");
        (await events.NextAsync("transcript.done", "the answer")).Data.GetProperty("role").GetString().ShouldBe("assistant");
        (await host.Stranger.GetAsync("/api/v1/provider-health")).ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task Bad_offers_and_messages_are_refused_with_a_code()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiHostOptions { Simulator = true });
        ApiClient customer = await host.LogInAsync("owner@demo-burger");
        ApiClient other = await host.LogInAsync("owner@demo-pizza");
        string session = await customer.OpenSessionAsync();
        string webrtc = $"/api/v1/sessions/{session}/webrtc";
        await using var caller = new SyntheticCaller(new SyntheticCallerOptions());
        string offer = caller.CreateOffer();

        (await customer.PostAsync(webrtc, new { sdp = offer })).ShouldBeProblem(415, "MEDIA_TYPE_UNSUPPORTED");
        (await customer.SendAsync(HttpMethod.Post, webrtc, Sdp(""))).ShouldBeProblem(400, "SDP_INVALID");
        (await customer.SendAsync(HttpMethod.Post, webrtc, Sdp("v=1 nonsense"))).ShouldBeProblem(400, "SDP_INVALID");
        (await customer.SendAsync(HttpMethod.Post, webrtc, Sdp(new string('a', 70_000)))).ShouldBeProblem(413, "BODY_TOO_LARGE");
        (await customer.SendAsync(HttpMethod.Post, webrtc, Sdp(Without(offer)))).ShouldBeProblem(406, "NO_COMMON_CODEC");
        (await other.SendAsync(HttpMethod.Post, webrtc, Sdp(offer))).ShouldBeProblem(404, "SESSION_UNKNOWN");
        (await customer.SendAsync(HttpMethod.Patch, webrtc + "/leg_1", Sdp(offer))).ShouldBeProblem(404, "LEG_UNKNOWN");
        (await customer.PostAsync($"/api/v1/sessions/{session}/messages", new { text = " " })).ShouldBeProblem(400, "TEXT_MISSING");
        (await customer.PostAsync($"/api/v1/sessions/{session}/messages", new { text = new string('a', 2001) })).ShouldBeProblem(413, "TEXT_TOO_LONG");
        (await other.PostAsync($"/api/v1/sessions/{session}/messages", new { text = "hello" })).ShouldBeProblem(404, "SESSION_UNKNOWN");
        host.Services.GetRequiredService<LiveCalls>().Count.ShouldBe(0, "nothing refused takes a place");
    }

    [Fact]
    public async Task When_all_lines_are_taken_the_next_caller_is_told_when_to_try_again()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiHostOptions
        {
            Simulator = true,
            Services = services => services.Replace(ServiceDescriptor.Singleton(new CallSettings { MaxCalls = 1 })),
        });
        ApiClient customer = await host.LogInAsync("owner@demo-burger");
        (await customer.PostAsync($"/api/v1/sessions/{await customer.OpenSessionAsync()}/messages", new { text = "hello" })).ShouldBe(202);
        string second = await customer.OpenSessionAsync();
        await using var caller = new SyntheticCaller(new SyntheticCallerOptions());

        (await customer.SendAsync(HttpMethod.Post, $"/api/v1/sessions/{second}/webrtc", Sdp(caller.CreateOffer()))).ShouldBeProblem(503, "AT_CAPACITY");
        (await customer.PostAsync($"/api/v1/sessions/{second}/messages", new { text = "hello" })).ShouldBeProblem(503, "AT_CAPACITY");
        host.Services.GetRequiredService<LiveCalls>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_ends_the_call_and_keeps_the_session()
    {
        string data = Directory.CreateTempSubdirectory("vo-calls-").FullName;
        string session;
        await using (ApiHost host = await ApiHost.StartAsync(new ApiHostOptions { Simulator = true, DataDirectory = data }))
        {
            ApiClient customer = await host.LogInAsync("owner@demo-burger");
            session = await customer.FilledSessionAsync();
            await using var caller = new SyntheticCaller(new SyntheticCallerOptions());
            ApiAnswer answer = await customer.SendAsync(HttpMethod.Post, $"/api/v1/sessions/{session}/webrtc", Sdp(caller.CreateOffer()));
            await caller.ConnectAsync(answer.ShouldBe(201).Text, CancellationToken.None);
            await host.StopAsync();
            await caller.Closed.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        await using (ApiHost host = await ApiHost.StartAsync(new ApiHostOptions { Simulator = true, DataDirectory = data }))
        {
            ApiClient customer = await host.LogInAsync("owner@demo-burger");
            var view = (await customer.GetAsync($"/api/v1/sessions/{session}")).ShouldBe(200).Json;
            view.GetProperty("phase").GetString().ShouldBe("interrupted");
            view.GetProperty("cart").GetProperty("lines").GetArrayLength().ShouldBe(1);
        }

        Directory.Delete(data, recursive: true);
    }

    private static string Without(string offer) => offer.Replace("a=rtpmap:0 PCMU/8000\r\n", "", StringComparison.Ordinal).Replace("SAVPF 0 126", "SAVPF 126", StringComparison.Ordinal);

    private static StringContent Sdp(string offer) => new(offer, Encoding.UTF8, new MediaTypeHeaderValue("application/sdp"));
}
