using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Identity;

[Collection(SharedHost.Name)]
public sealed class RouteAccessTests(ApiHost host)
{
    private static readonly string[] AllScopes = ["menu:write", "orders:create", "orders:read", "orders:write", "settings:write", "usage:read"];

    /// <summary>Method, path, body, and the scope that is needed besides a token.</summary>
    public static TheoryData<string, string, string?, string?> Routes { get; } = new()
    {
        { "POST", "/api/v1/sessions", """{"channel":"web"}""", "orders:create" },
        { "GET", "/api/v1/sessions/ses_x", null, null },
        { "POST", "/api/v1/sessions/ses_x/resume", """{"resumeToken":"x"}""", null },
        { "GET", "/api/v1/sessions/ses_x/events", null, null },
        { "GET", "/api/v1/sessions/ses_x/cart", null, null },
        { "POST", "/api/v1/sessions/ses_x/cart/lines", """{"itemId":"x"}""", null },
        { "PATCH", "/api/v1/sessions/ses_x/cart/lines/l1", """{"quantity":2}""", null },
        { "DELETE", "/api/v1/sessions/ses_x/cart/lines/l1", null, null },
        { "POST", "/api/v1/sessions/ses_x/submit", null, "orders:create" },
        { "GET", "/api/v1/orders", null, "orders:read" },
        { "GET", "/api/v1/orders/ord_x", null, "orders:read" },
        { "POST", "/api/v1/orders/ord_x/status", """{"status":"accepted"}""", "orders:write" },
        { "GET", "/api/v1/orders/events", null, "orders:read" },
        { "GET", "/api/v1/orders/ord_x/history", null, "orders:read" },
        { "GET", "/api/v1/destinations", null, "settings:write" },
        { "POST", "/api/v1/destinations", """{"kind":"telegram","address":"1"}""", "settings:write" },
        { "PATCH", "/api/v1/destinations/dst_x", """{"enabled":true}""", "settings:write" },
        { "DELETE", "/api/v1/destinations/dst_x", null, "settings:write" },
        { "POST", "/api/v1/destinations/dst_x/secret", null, "settings:write" },
        { "POST", "/api/v1/destinations/dst_x/test", null, "settings:write" },
        { "POST", "/api/v1/destinations/dst_x/replay", null, "orders:write" },
        { "GET", "/api/v1/deliveries", null, "orders:read" },
        { "POST", "/api/v1/deliveries/x/replay", null, "orders:write" },
        { "GET", "/api/v1/menu", null, null },
        { "PUT", "/api/v1/menu", """{"currency":"USD","tax":{"included":false,"classes":{}},"categories":[]}""", "menu:write" },
        { "POST", "/api/v1/parse-order", """{"text":"a burger"}""", "orders:create" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task No_route_answers_a_stranger(string method, string path, string? body, string? scope)
    {
        _ = scope;
        (await SendAsync(host.Stranger, method, path, body)).ShouldBeProblem(401, "TOKEN_MISSING");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_missing_scope_is_named(string method, string path, string? body, string? scope)
    {
        var client = host.With("somebody", "demo-burger", [.. AllScopes.Where(other => other != scope)]);
        if (scope is null)
        {
            return;
        }

        var answer = await SendAsync(client, method, path, body);
        answer.ShouldBeProblem(403, "SCOPE_MISSING").GetProperty("scope").GetString().ShouldBe(scope);
        answer.Headers["www-authenticate"].ShouldContain("insufficient_scope");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Another_restaurant_cannot_be_named(string method, string path, string? body, string? scope)
    {
        _ = scope;
        var client = host.With("somebody", "demo-burger", AllScopes);
        (await SendAsync(client, method, path + "?restaurantId=demo-pizza", body)).ShouldBeProblem(403, "TENANT_MISMATCH");
        (await SendAsync(client, method, path + "?restaurant=demo-pizza", body)).ShouldBeProblem(403, "TENANT_MISMATCH");
        (await SendAsync(client, method, path, body, ("X-Restaurant-Id", "demo-pizza"))).ShouldBeProblem(403, "TENANT_MISMATCH");
        if (body is not null && !path.EndsWith("/menu", StringComparison.Ordinal))
        {
            (await SendAsync(client, method, path, """{"restaurantId":"demo-pizza",""" + body[1..])).ShouldBeProblem(403, "TENANT_MISMATCH");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_operator_reaches_no_restaurant(string method, string path, string? body, string? scope)
    {
        _ = scope;
        var client = host.With("operator", null, AllScopes);
        (await SendAsync(client, method, path, body)).ShouldBeProblem(403, "RESTAURANT_REQUIRED");
    }

    [Fact]
    public async Task Ones_own_restaurant_may_be_named()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.GetAsync("/api/v1/orders?restaurantId=demo-burger")).ShouldBe(200);
        (await staff.PostAsync("/api/v1/sessions", new { channel = "text", restaurantId = "demo-burger" })).ShouldBe(201);
    }

    private static Task<ApiAnswer> SendAsync(ApiClient client, string method, string path, string? body, params (string, string)[] headers) =>
        client.SendAsync(new HttpMethod(method), path, body is null ? null : new StringContent(body, null, "application/json"), headers);
}
