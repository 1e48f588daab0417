using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Sessions;

[Collection(SharedHost.Name)]
public sealed class SessionsTests(ApiHost host)
{
    [Fact]
    public async Task A_session_opens_with_everything_a_page_needs()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var opened = await staff.PostAsync("/api/v1/sessions", new { channel = "web", language = "en-GB" });
        var session = opened.ShouldBe(201).Json;
        opened.Headers["location"].ShouldEndWith($"/api/v1/sessions/{session.GetProperty("sessionId").GetString()}");
        session.GetProperty("resumeToken").GetString()!.Length.ShouldBeGreaterThan(32);
        session.GetProperty("phase").GetString().ShouldBe("open");
        session.GetProperty("connection").GetString().ShouldBe("none");
        session.GetProperty("language").GetString().ShouldBe("en-GB");
        session.GetProperty("iceServers").GetArrayLength().ShouldBe(0);
        session.GetProperty("expiresAt").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        session.GetProperty("cart").GetProperty("lines").GetArrayLength().ShouldBe(0);
        session.GetProperty("transcript").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{}""", "CHANNEL_INVALID")]
    [InlineData("""{"channel":"phone"}""", "CHANNEL_INVALID")]
    [InlineData("""{"channel":"fax"}""", "CHANNEL_INVALID")]
    [InlineData("""{"channel":"web","language":"e"}""", "LANGUAGE_INVALID")]
    [InlineData("""{"channel":"web","language":"en_US; drop"}""", "LANGUAGE_INVALID")]
    public async Task What_cannot_be_opened_is_refused(string body, string code)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.PostAsync("/api/v1/sessions", new StringContent(body, null, "application/json"))).ShouldBeProblem(422, code);
    }

    [Fact]
    public async Task The_owner_reads_it_and_the_token_resumes_it()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var opened = (await staff.PostAsync("/api/v1/sessions", new { channel = "web" })).Json;
        var path = $"/api/v1/sessions/{opened.GetProperty("sessionId").GetString()}";
        var view = (await staff.GetAsync(path)).ShouldBe(200).Json;
        view.TryGetProperty("resumeToken", out _).ShouldBeFalse();
        view.GetProperty("phase").GetString().ShouldBe("open");

        var resumed = await staff.PostAsync($"{path}/resume", new { resumeToken = opened.GetProperty("resumeToken").GetString() });
        resumed.ShouldBe(200).Json.GetProperty("sessionId").GetString().ShouldBe(opened.GetProperty("sessionId").GetString());
        (await staff.PostAsync($"{path}/resume", new { resumeToken = "guess" })).ShouldBeProblem(403, "RESUME_TOKEN_INVALID");
        (await staff.PostAsync($"{path}/resume", new { })).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Theory]
    [InlineData("owner@demo-burger")]
    [InlineData("staff@demo-pizza")]
    public async Task Nobody_else_reaches_it(string other)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var opened = (await staff.PostAsync("/api/v1/sessions", new { channel = "web" })).Json;
        var path = $"/api/v1/sessions/{opened.GetProperty("sessionId").GetString()}";
        var stranger = await host.LogInAsync(other);
        (await stranger.GetAsync(path)).ShouldBeProblem(404, "SESSION_UNKNOWN");
        (await stranger.GetAsync($"{path}/cart")).ShouldBeProblem(404, "SESSION_UNKNOWN");
        (await stranger.GetAsync($"{path}/events")).ShouldBeProblem(404, "SESSION_UNKNOWN");
        (await stranger.PostAsync($"{path}/resume", new { resumeToken = opened.GetProperty("resumeToken").GetString() })).ShouldBeProblem(404, "SESSION_UNKNOWN");
        (await stranger.PostAsync($"{path}/cart/lines", new { itemId = "x" })).ShouldBeProblem(404, "SESSION_UNKNOWN");
        (await stranger.SubmitAsync(opened.GetProperty("sessionId").GetString()!, "foreign")).ShouldBeProblem(404, "SESSION_UNKNOWN");
    }

    [Fact]
    public async Task An_unknown_session_is_not_there()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.GetAsync("/api/v1/sessions/ses_0123456789abcdefghijklmnop")).ShouldBeProblem(404, "SESSION_UNKNOWN");
    }
}
