using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Health;

[Collection(SharedHost.Name)]
public sealed class OperationTests(ApiHost host)
{
    [Fact]
    public async Task Alive_and_ready_name_their_parts()
    {
        (await host.Stranger.GetAsync("/healthz")).ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("alive");
        var ready = (await host.Stranger.GetAsync("/readyz")).ShouldBe(200).Json;
        ready.GetProperty("status").GetString().ShouldBe("ready");
        ready.GetProperty("parts").GetProperty("storage").GetString().ShouldBe("ok");
        ready.GetProperty("parts").GetProperty("engine").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task Metrics_count_problems_by_code()
    {
        await host.Stranger.GetAsync("/api/v1/orders");
        var metrics = (await host.Stranger.GetAsync("/metrics")).ShouldBe(200);
        metrics.MediaType.ShouldBe("text/plain");
        metrics.Text.ShouldContain("api_problems_total{code=\"TOKEN_MISSING\"}");
    }

    [Fact]
    public async Task A_well_formed_request_id_comes_back()
    {
        var answer = await host.Stranger.GetAsync("/healthz", ("X-Request-ID", "till-7.order:42_a"));
        answer.Headers["x-request-id"].ShouldBe("till-7.order:42_a");
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("semi;colon")]
    [InlineData("<script>")]
    public async Task A_malformed_request_id_is_replaced(string given)
    {
        var answer = await host.Stranger.GetAsync("/healthz", ("X-Request-ID", given));
        answer.Headers["x-request-id"].ShouldStartWith("req_");
    }

    [Fact]
    public async Task An_overlong_request_id_is_replaced() =>
        (await host.Stranger.GetAsync("/healthz", ("X-Request-ID", new string('a', 129)))).Headers["x-request-id"].ShouldStartWith("req_");

    [Fact]
    public async Task Every_answer_carries_the_headers_that_protect_pages()
    {
        foreach (var path in new[] { "/", "/healthz", "/api/v1/orders", "/no-such-page" })
        {
            var answer = await host.Stranger.GetAsync(path);
            answer.Headers["content-security-policy"].ShouldContain("script-src 'self'; ");
            answer.Headers["content-security-policy"].ShouldContain("frame-ancestors 'none'");
            answer.Headers["content-security-policy"].ShouldNotContain("unsafe");
            answer.Headers["x-content-type-options"].ShouldBe("nosniff");
            answer.Headers["permissions-policy"].ShouldContain("microphone=(self)");
            answer.Headers.ShouldNotContainKey("server");
        }
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/kitchen", "text/html")]
    [InlineData("/js/api.js", "text/javascript")]
    [InlineData("/css/base.css", "text/css")]
    [InlineData("/docs/index.html", "text/html")]
    public async Task Pages_and_their_files_are_served(string path, string mediaType)
    {
        var answer = (await host.Stranger.GetAsync(path)).ShouldBe(200);
        answer.MediaType.ShouldBe(mediaType);
        answer.Text.Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_document_lists_every_route_with_its_errors()
    {
        var document = (await host.Stranger.GetAsync("/openapi/v1.json")).ShouldBe(200).Json;
        var paths = document.GetProperty("paths");
        foreach (var (path, method) in new[]
        {
            ("/api/v1/auth/token", "post"), ("/api/v1/sessions", "post"), ("/api/v1/sessions/{sessionId}", "get"), ("/api/v1/sessions/{sessionId}/resume", "post"),
            ("/api/v1/sessions/{sessionId}/events", "get"), ("/api/v1/sessions/{sessionId}/cart", "get"), ("/api/v1/sessions/{sessionId}/cart/lines", "post"),
            ("/api/v1/sessions/{sessionId}/cart/lines/{lineId}", "patch"), ("/api/v1/sessions/{sessionId}/cart/lines/{lineId}", "delete"),
            ("/api/v1/sessions/{sessionId}/submit", "post"), ("/api/v1/orders", "get"), ("/api/v1/orders/{orderId}", "get"), ("/api/v1/orders/{orderId}/status", "post"),
            ("/api/v1/orders/events", "get"), ("/api/v1/menu", "get"), ("/api/v1/menu", "put"), ("/api/v1/parse-order", "post"),
        })
        {
            var operation = paths.GetProperty(path).GetProperty(method);
            operation.GetProperty("responses").EnumerateObject().Count(response => response.Name.StartsWith('4')).ShouldBeGreaterThan(0, path);
            if (path != "/api/v1/auth/token")
            {
                operation.GetProperty("security").GetArrayLength().ShouldBe(1, path);
            }
        }
    }
}
