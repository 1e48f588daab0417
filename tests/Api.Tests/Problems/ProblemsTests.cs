using System.Text;
using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Problems;

[Collection(SharedHost.Name)]
public sealed class ProblemsTests(ApiHost host)
{
    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/api/v2/orders")]
    public async Task An_unknown_address_is_a_problem(string path) => (await host.Stranger.GetAsync(path)).ShouldBeProblem(404, "NOT_FOUND");

    [Fact]
    public async Task A_wrong_method_names_the_right_ones()
    {
        var answer = await host.Stranger.DeleteAsync("/api/v1/auth/token");
        answer.ShouldBeProblem(405, "METHOD_NOT_ALLOWED");
        answer.Headers["allow"].ShouldContain("POST");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_json_is_taken(string mediaType)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.PostAsync("/api/v1/sessions", new StringContent("""{"channel":"web"}""", Encoding.UTF8, mediaType))).ShouldBeProblem(415, "MEDIA_TYPE_UNSUPPORTED");
    }

    [Theory]
    [InlineData("""{"channel":"web",}""", "$")]
    [InlineData("""{"channel":7}""", "$.channel")]
    [InlineData("""{"channel":"web","price":1}""", "$.price")]
    [InlineData("""{"channel":"web","channel":"text"}""", "$")]
    [InlineData("""["web"]""", "$")]
    [InlineData("""{"channel":"web""", "$")]
    [InlineData("""null""", "$")]
    public async Task A_body_that_does_not_fit_is_named_by_path(string body, string path)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var problem = (await staff.PostAsync("/api/v1/sessions", new StringContent(body, Encoding.UTF8, "application/json"))).ShouldBeProblem(400, body == "null" ? "REQUEST_INVALID" : "BODY_INVALID");
        if (body != "null")
        {
            problem.GetProperty("path").GetString()!.ShouldStartWith(path);
        }

        problem.GetRawText().ShouldNotContain("VoiceOrdering", Case.Sensitive, "types of ours are nobody's business");
    }

    [Fact]
    public async Task No_body_at_all_is_a_problem()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.PostAsync("/api/v1/parse-order", new StringContent("", Encoding.UTF8, "application/json"))).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("POST", "/api/v1/sessions", 65_536, "BodyBytes")]
    [InlineData("PUT", "/api/v1/menu", 1_048_576, "MenuBodyBytes")]
    public async Task An_oversized_body_names_the_limit(string method, string path, int limit, string name)
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        var body = $$"""{"channel":"{{new string('x', limit)}}"}""";
        var problem = (await owner.SendAsync(new HttpMethod(method), path, new StringContent(body, Encoding.UTF8, "application/json"), ("If-Match", "\"1\""))).ShouldBeProblem(413, "BODY_TOO_LARGE");
        problem.GetProperty("limit").GetString().ShouldBe(name);
        problem.GetProperty("limitBytes").GetInt32().ShouldBe(limit);
    }

    [Fact]
    public async Task Deep_json_is_refused()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var body = string.Concat(Enumerable.Repeat("""{"a":""", 5_000)) + "1" + new string('}', 5_000);
        (await staff.PostAsync("/api/v1/sessions", new StringContent(body, Encoding.UTF8, "application/json"))).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Fact]
    public async Task Garbage_never_becomes_a_server_error()
    {
        var random = new Random(20261120);
        var owner = await host.LogInAsync("owner@demo-burger");
        var sessionId = await owner.OpenSessionAsync();
        string[] posts = ["/api/v1/auth/token", "/api/v1/sessions", $"/api/v1/sessions/{sessionId}/resume", $"/api/v1/sessions/{sessionId}/cart/lines", $"/api/v1/sessions/{sessionId}/submit", "/api/v1/orders/ord_x/status", "/api/v1/parse-order"];
        foreach (var path in posts)
        {
            for (var i = 0; i < 5; i++)
            {
                var bytes = new byte[random.Next(1, 2_000)];
                random.NextBytes(bytes);
                var content = new ByteArrayContent(bytes);
                content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
                var answer = await owner.SendAsync(HttpMethod.Post, path, content, ("Idempotency-Key", "garbage"));
                answer.Status.ShouldBeInRange(400, 499, $"{path}: {answer.Text}");
                answer.MediaType.ShouldBe("application/problem+json");
            }
        }

        foreach (var path in new[] { "/api/v1/sessions/%00", "/api/v1/sessions/..%2f..%2fetc", "/api/v1/sessions/a%20b", $"/api/v1/sessions/{new string('a', 500)}", "/api/v1/orders/%F0%9F%8D%94", "/api/v1/sessions/' OR 1=1 --/cart" })
        {
            var answer = await owner.GetAsync(path);
            answer.Status.ShouldBeInRange(400, 404, $"{path}: {answer.Text}");
        }
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        var own = await ApiHost.StartAsync(new ApiHostOptions { Limits = new Dictionary<string, int> { ["RequestBurst"] = 5, ["RequestsPerSecond"] = 1 } });
        try
        {
            var staff = await own.LogInAsync("staff@demo-burger");
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => staff.GetAsync("/api/v1/menu")));
            answers.Count(answer => answer.Status == 200).ShouldBeInRange(5, 8);
            answers.First(answer => answer.Status != 200).ShouldBeProblem(429, "RATE_LIMITED");
            (await own.Stranger.GetAsync("/healthz")).ShouldBe(200);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }
}
