using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Tests.Identity;

[Collection(SharedHost.Name)]
public sealed class TokensTests(ApiHost host)
{
    private const string Path = "/api/v1/auth/token";

    [Fact]
    public async Task Right_credentials_give_a_token_with_scopes_and_restaurant()
    {
        var answer = await host.Stranger.PostAsync(Path, new { username = "server@demo-pizza", password = ApiHost.Password });
        var token = answer.ShouldBe(200).Json;
        token.GetProperty("tokenType").GetString().ShouldBe("Bearer");
        token.GetProperty("expiresInSeconds").GetInt32().ShouldBe(5400);
        token.GetProperty("restaurantId").GetString().ShouldBe("demo-pizza");
        token.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["orders:read", "orders:write"]);
        answer.Headers["cache-control"].ShouldBe("no-store");
    }

    [Fact]
    public async Task Operators_have_no_restaurant_and_reach_none()
    {
        var answer = await host.Stranger.PostAsync(Path, new { username = "ops@platform", password = ApiHost.Password });
        answer.ShouldBe(200).Json.TryGetProperty("restaurantId", out _).ShouldBeFalse();
        var ops = await host.LogInAsync("ops@platform");
        (await ops.GetAsync("/api/v1/menu")).ShouldBeProblem(403, "RESTAURANT_REQUIRED");
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_are_told_apart_by_nothing()
    {
        var name = await host.Stranger.PostAsync(Path, new { username = "nobody@demo-burger", password = ApiHost.Password });
        var password = await host.Stranger.PostAsync(Path, new { username = "staff@demo-burger", password = "wrong" });
        var key = await host.Stranger.PostAsync(Path, new { apiKey = "wrong" });
        foreach (var answer in new[] { name, password, key })
        {
            answer.ShouldBeProblem(401, "CREDENTIALS_INVALID");
            Without(answer, "requestId").ShouldBe(Without(name, "requestId"));
        }
    }

    [Fact]
    public async Task An_api_key_logs_in_and_is_stored_hashed()
    {
        var users = host.Services.GetRequiredService<IUserStore>();
        await users.AddApiKeyAsync(new StoredApiKey(Credentials.HashApiKey("key-of-the-till"), "till", "key:till", new RestaurantId("demo-burger"), [Scopes.OrdersRead]), CancellationToken.None);
        var token = (await host.Stranger.PostAsync(Path, new { apiKey = "key-of-the-till" })).ShouldBe(200).Json;
        token.GetProperty("scopes").EnumerateArray().Single().GetString().ShouldBe("orders:read");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"username":"a"}""")]
    [InlineData("""{"username":"a","password":"b","apiKey":"c"}""")]
    [InlineData("""{"apiKey":""}""")]
    public async Task Credentials_must_be_one_kind(string body) =>
        (await host.Stranger.PostAsync(Path, new StringContent(body, null, "application/json"))).ShouldBeProblem(400, "BODY_INVALID");

    [Theory]
    [InlineData(null, "TOKEN_MISSING")]
    [InlineData("Basic c3RhZmY6cHc=", "TOKEN_MISSING")]
    [InlineData("Bearer nonsense", "TOKEN_INVALID")]
    [InlineData("Bearer ", "TOKEN_MISSING")]
    public async Task Without_a_token_of_ours_nothing_is_answered(string? authorization, string code)
    {
        var answer = authorization is null ? await host.Stranger.GetAsync("/api/v1/orders") : await host.Stranger.GetAsync("/api/v1/orders", ("Authorization", authorization));
        answer.ShouldBeProblem(401, code);
        answer.Headers["www-authenticate"].ShouldStartWith("Bearer");
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var token = (await host.LogInAsync("staff@demo-burger")).Token!;
        var middle = token.Length / 2;
        var changed = token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..];
        (await host.Stranger.GetAsync("/api/v1/orders", ("Authorization", $"Bearer {changed}"))).ShouldBeProblem(401, "TOKEN_INVALID");
    }

    private static string Without(ApiAnswer answer, string member) =>
        JsonSerializer.Serialize(answer.Json.EnumerateObject().Where(property => property.Name != member).ToDictionary(property => property.Name, property => property.Value));
}
