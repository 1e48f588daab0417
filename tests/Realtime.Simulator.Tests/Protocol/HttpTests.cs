using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using VoiceOrdering.Realtime.Simulator.Faults;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>Keys, models, ephemeral secrets, control: everything beside the socket.</summary>
public sealed class HttpTests
{
    [Fact]
    public async Task An_ephemeral_key_opens_sessions_with_its_settings()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.ApiKeys.Add("sk-server"));
        using var http = Http(simulator, "sk-server");
        using var answer = await http.PostAsJsonAsync("v1/realtime/client_secrets", new
        {
            expires_after = new { anchor = "created_at", seconds = 60 },
            session = new { type = "realtime", model = "gpt-realtime-2.1-mini", instructions = "Be brief." },
        });
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var key = made.GetProperty("value").GetString()!;

        await using var browser = await RawClient.ConnectAsync(simulator, "?model=gpt-realtime-2.1-mini", options =>
        {
            options.AddSubProtocol("realtime");
            options.AddSubProtocol("openai-insecure-api-key." + key);
        });

        var session = (await browser.NextAsync("session.created")).GetProperty("session");
        key.ShouldStartWith("ek_");
        (made.GetProperty("expires_at").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).ShouldBeInRange(55, 61);
        made.GetProperty("session").GetProperty("instructions").GetString().ShouldBe("Be brief.");
        session.GetProperty("instructions").GetString().ShouldBe("Be brief.");
        browser.Socket.SubProtocol.ShouldBe("realtime");
    }

    [Theory]
    [InlineData("""{"expires_after":{"seconds":9}}""", "invalid_value")]
    [InlineData("""{"expires_after":{"seconds":7201}}""", "invalid_value")]
    [InlineData("""{"session":{"type":"realtime","voice":"x"}}""", "unknown_parameter")]
    [InlineData("[]", "invalid_value")]
    public async Task A_secret_that_makes_no_sense_is_refused(string body, string code)
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        using var http = Http(simulator, "sk-any");
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.PostAsync("v1/realtime/client_secrets", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Models_tell_when_they_are_switched_off()
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        using var http = Http(simulator, "sk-any");

        var list = await http.GetFromJsonAsync<JsonElement>("v1/models");
        var old = await http.GetFromJsonAsync<JsonElement>("v1/models/gpt-realtime");
        var unknown = await http.GetAsync("v1/models/none");

        list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()).ShouldContain("gpt-realtime-2.1-mini");
        old.GetProperty("shutdown_date").GetString().ShouldBe("2027-01-20");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("?model=m", null, 401)]
    [InlineData("?model=m", "wrong", 401)]
    [InlineData("?model=m", "ek_forged", 401)]
    [InlineData("", "sk-server", 400)]
    [InlineData("?call_id=rtc_1", "sk-server", 400)]
    public async Task Who_may_not_connect_gets_a_status(string query, string? key, int status)
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.ApiKeys.Add("sk-server"));
        await using var client = await RawClient.ConnectAsync(simulator, query, options =>
        {
            if (key is not null)
            {
                options.SetRequestHeader("Authorization", $"Bearer {key}");
            }
        });

        client.RefusedStatus.ShouldBe(status);
    }

    [Fact]
    public async Task The_beta_is_gone()
    {
        await using var simulator = await RealtimeSimulator.StartAsync();
        await using var client = await RawClient.ConnectAsync(simulator, configure: options =>
        {
            options.SetRequestHeader("Authorization", "Bearer sk-any");
            options.SetRequestHeader("OpenAI-Beta", "realtime=v1");
        });

        client.RefusedStatus.ShouldBe(400);
    }

    [Fact]
    public async Task More_sessions_than_allowed_get_429_until_one_ends()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.MaxSessions = 1);
        await using var first = await RawClient.ConnectAsync(simulator);
        await first.NextAsync("session.created");
        await using var second = await RawClient.ConnectAsync(simulator);

        second.RefusedStatus.ShouldBe(429);
        await first.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        first.Socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Faults_can_be_set_over_http_only_when_asked_for()
    {
        await using var closed = await RealtimeSimulator.StartAsync();
        await using var open = await RealtimeSimulator.StartAsync(options => options.ControlApi = true);
        using var httpOfClosed = Http(closed, "sk-any");
        using var http = Http(open, "sk-any");
        (await httpOfClosed.GetAsync("simulator/faults")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var put = await http.PutAsJsonAsync("simulator/faults", new SimulatorFaults { FailResponses = 2 });
        await using var client = await RawClient.ConnectAsync(open);
        var id = (await client.NextAsync("session.created")).GetProperty("session").GetProperty("id").GetString();
        var sessions = await http.GetFromJsonAsync<string[]>("simulator/sessions");
        using var close = await http.PostAsync($"simulator/sessions/{id}/close?code=1011&reason=test", null);
        using var missing = await http.PostAsync("simulator/sessions/none/expire", null);
        while (await client.ReceiveAsync() is not null)
        {
        }

        open.Control.Faults.FailResponses.ShouldBe(2);
        sessions.ShouldBe([id!]);
        client.Socket.CloseStatus.ShouldBe(WebSocketCloseStatus.InternalServerError);
        client.Socket.CloseStatusDescription.ShouldBe("test");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_session_expires_at_its_cap()
    {
        await using var simulator = await RealtimeSimulator.StartAsync(options => options.SessionSeconds = 1);
        await using var client = await RawClient.ConnectAsync(simulator);

        var error = (await client.NextAsync("error")).GetProperty("error");

        error.GetProperty("code").GetString().ShouldBe("session_expired");
        (await client.ReceiveAsync()).ShouldBeNull();
        client.Socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        client.Socket.CloseStatusDescription.ShouldBe("Your session hit the maximum duration of 60 minutes.");
    }

    [Fact]
    public async Task Stopping_twice_is_allowed_and_cuts_open_sessions()
    {
        var simulator = await RealtimeSimulator.StartAsync();
        await using var client = await RawClient.ConnectAsync(simulator);
        await client.NextAsync("session.created");

        await simulator.DisposeAsync();
        await simulator.DisposeAsync();

        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            while (await client.ReceiveAsync() is not null)
            {
            }
        });
    }

    private static HttpClient Http(RealtimeSimulator simulator, string key)
    {
        var http = new HttpClient { BaseAddress = new Uri(simulator.Endpoint, "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
