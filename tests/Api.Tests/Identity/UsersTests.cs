using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Identity;

/// <summary>Users, API keys, refresh and revocation as people and machines meet them.</summary>
public sealed class UsersTests : IAsyncLifetime
{
    private const string Password = "a long enough secret";
    private readonly MovedClock _clock = new();
    private ApiHost _host = null!;
    private ApiClient _owner = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new ApiHostOptions { Clock = _clock });
        _owner = await _host.LogInAsync("owner@demo-burger");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_user_comes_gets_another_role_is_disabled_and_every_token_follows_at_once()
    {
        var created = (await _owner.PostAsync("/api/v1/users", new { name = "ann", password = Password, role = "staff" })).ShouldBe(201).Json;
        created.GetProperty("username").GetString().ShouldBe("ann@demo-burger");
        (await _owner.PostAsync("/api/v1/users", new { name = "ann", password = Password, role = "staff" })).ShouldBeProblem(409, "USER_EXISTS");
        var ann = await LogInAsync("ann@demo-burger");
        (await ann.GetAsync("/api/v1/users")).ShouldBeProblem(403, "SCOPE_MISSING");
        using var stream = await ann.ListenAsync("/api/v1/orders/events");
        await stream.NextAsync("feed.ready");

        (await _owner.PatchAsync("/api/v1/users/ann@demo-burger", new { role = "kitchen" })).ShouldBe(200).Json.GetProperty("scopes").GetArrayLength().ShouldBe(2);
        (await ann.GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await stream.TryNextAsync("the end of the stream")).ShouldBeNull();
        ann = await LogInAsync("ann@demo-burger");
        (await ann.PostAsync("/api/v1/sessions", new { channel = "web" })).ShouldBeProblem(403, "SCOPE_MISSING");

        (await _owner.PatchAsync("/api/v1/users/ann@demo-burger", new { disabled = true })).ShouldBe(200);
        (await ann.GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await _host.Stranger.PostAsync("/api/v1/auth/token", new { username = "ann@demo-burger", password = Password })).ShouldBeProblem(401, "CREDENTIALS_INVALID");

        var audit = (await _owner.GetAsync($"/api/v1/audit?target={created.GetProperty("subject").GetString()}")).ShouldBe(200);
        audit.Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("action").GetString())
            .ShouldBe(["login.refused", "user.changed", "login.begun", "user.changed", "login.begun", "user.created"]);
        audit.Text.ShouldContain("role kitchen");
        audit.Text.ShouldContain("127.0.0.0/24");
        audit.Text.ShouldNotContain(Password);
    }

    [Theory]
    [InlineData("""{"name":"Bob","password":"a long enough secret","role":"staff"}""", "USER_INVALID")]
    [InlineData("""{"name":"bob","password":"a long enough secret","role":"king"}""", "ROLE_UNKNOWN")]
    [InlineData("""{"name":"bob","password":"a long enough secret","role":"operator"}""", "ROLE_UNKNOWN")]
    [InlineData("""{"name":"bob","password":"short","role":"staff"}""", "PASSWORD_WEAK")]
    [InlineData("""{"name":"bob","password":"password1234","role":"staff"}""", "PASSWORD_WEAK")]
    [InlineData("""{"name":"bob","password":"bob-is-my-name-yes","role":"staff"}""", "PASSWORD_WEAK")]
    [InlineData("""{"name":"bob","password":"aaaaaaaaaaaaaaaa","role":"staff"}""", "PASSWORD_WEAK")]
    public async Task A_user_that_cannot_be_is_refused(string body, string code) =>
        (await _owner.PostAsync("/api/v1/users", new StringContent(body, null, "application/json"))).ShouldBeProblem(422, code);

    [Fact]
    public async Task The_last_owner_stays()
    {
        (await _owner.PatchAsync("/api/v1/users/owner@demo-burger", new { role = "staff" })).ShouldBeProblem(409, "LAST_OWNER");
        (await _owner.PatchAsync("/api/v1/users/owner@demo-burger", new { disabled = true })).ShouldBeProblem(409, "LAST_OWNER");
        (await _owner.PatchAsync("/api/v1/users/owner@demo-pizza", new { disabled = true })).ShouldBeProblem(404, "USER_UNKNOWN");
        (await _owner.PostAsync("/api/v1/users", new { name = "second", password = Password, role = "owner" })).ShouldBe(201);
        (await _owner.PatchAsync("/api/v1/users/owner@demo-burger", new { role = "staff" })).ShouldBe(200);
    }

    [Fact]
    public async Task Ones_own_password_is_changed_with_the_old_one()
    {
        (await _owner.PostAsync("/api/v1/auth/password", new { current = "wrong", next = Password })).ShouldBeProblem(403, "CREDENTIALS_INVALID");
        (await _owner.PostAsync("/api/v1/auth/password", new { current = ApiHost.Password, next = "short" })).ShouldBeProblem(422, "PASSWORD_WEAK");
        (await _owner.PostAsync("/api/v1/auth/password", new { current = ApiHost.Password, next = Password })).ShouldBe(204);
        (await _owner.GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await (await LogInAsync("owner@demo-burger")).GetAsync("/api/v1/orders")).ShouldBe(200);
    }

    [Fact]
    public async Task A_log_in_goes_on_by_refresh_tokens_that_are_good_once()
    {
        var first = (await _host.Stranger.PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = ApiHost.Password })).ShouldBe(200).Json;
        _clock.Advance(TimeSpan.FromMinutes(95));
        (await Bearer(first).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_EXPIRED");

        var second = (await RefreshAsync(first)).ShouldBe(200).Json;
        (await Bearer(second).GetAsync("/api/v1/orders")).ShouldBe(200);
        var third = (await RefreshAsync(second)).ShouldBe(200).Json;

        (await RefreshAsync(second)).ShouldBeProblem(401, "REFRESH_INVALID");
        (await RefreshAsync(third)).ShouldBeProblem(401, "REFRESH_INVALID");
        (await Bearer(third).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await _host.Stranger.PostAsync("/api/v1/auth/refresh", new { refreshToken = "rt_made-up" })).ShouldBeProblem(401, "REFRESH_INVALID");
        (await _host.Stranger.PostAsync("/api/v1/auth/refresh", new { })).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Fact]
    public async Task Logging_out_ends_this_log_in_and_no_other()
    {
        var here = (await _host.Stranger.PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = ApiHost.Password })).ShouldBe(200).Json;
        var there = (await _host.Stranger.PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = ApiHost.Password })).ShouldBe(200).Json;
        (await Bearer(here).PostAsync("/api/v1/auth/revoke", null)).ShouldBe(204);
        (await Bearer(here).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await RefreshAsync(here)).ShouldBeProblem(401, "REFRESH_INVALID");
        (await Bearer(there).GetAsync("/api/v1/orders")).ShouldBe(200);
    }

    [Fact]
    public async Task An_api_key_is_shown_once_and_dies_with_everything_it_brought()
    {
        var made = (await _owner.PostAsync("/api/v1/api-keys", new { label = "till", role = "kitchen", expiresAt = _clock.GetUtcNow().AddDays(1) })).ShouldBe(201).Json;
        var key = made.GetProperty("apiKey").GetString()!;
        var listed = await _owner.GetAsync("/api/v1/api-keys");
        listed.Text.ShouldNotContain(key);
        listed.Text.ShouldContain(key[..10]);
        var till = (await _host.Stranger.PostAsync("/api/v1/auth/token", new { apiKey = key })).ShouldBe(200).Json;
        till.TryGetProperty("refreshToken", out _).ShouldBeFalse();
        (await Bearer(till).GetAsync("/api/v1/orders")).ShouldBe(200);
        (await _owner.GetAsync("/api/v1/api-keys")).Json[0].TryGetProperty("lastUsedAt", out _).ShouldBeTrue();

        var id = made.GetProperty("keyId").GetString();
        (await (await _host.LogInAsync("owner@demo-pizza")).DeleteAsync($"/api/v1/api-keys/{id}")).ShouldBeProblem(404, "API_KEY_UNKNOWN");
        (await _owner.DeleteAsync($"/api/v1/api-keys/{id}")).ShouldBe(204);
        (await _owner.DeleteAsync($"/api/v1/api-keys/{id}")).ShouldBeProblem(404, "API_KEY_UNKNOWN");
        (await Bearer(till).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await _host.Stranger.PostAsync("/api/v1/auth/token", new { apiKey = key })).ShouldBeProblem(401, "CREDENTIALS_INVALID");

        var brief = (await _owner.PostAsync("/api/v1/api-keys", new { label = "brief", role = "ordering", expiresAt = _clock.GetUtcNow().AddHours(1) })).ShouldBe(201).Json.GetProperty("apiKey").GetString();
        _clock.Advance(TimeSpan.FromMinutes(61));
        (await _host.Stranger.PostAsync("/api/v1/auth/token", new { apiKey = brief })).ShouldBeProblem(401, "CREDENTIALS_INVALID");
        var owner = await LogInAsync("owner@demo-burger", ApiHost.Password);
        (await owner.PostAsync("/api/v1/api-keys", new { label = "x", role = "owner" })).ShouldBeProblem(422, "API_KEY_INVALID");
        (await owner.PostAsync("/api/v1/api-keys", new { label = "", role = "staff" })).ShouldBeProblem(422, "API_KEY_INVALID");
        (await owner.PostAsync("/api/v1/api-keys", new { label = "x", role = "staff", expiresAt = _clock.GetUtcNow() })).ShouldBeProblem(422, "API_KEY_INVALID");
    }

    [Fact]
    public async Task Operators_open_restaurants_with_an_owner_of_their_own()
    {
        var ops = await _host.LogInAsync("ops@platform");
        var request = new { restaurantId = "noodle-bar", name = "Noodle Bar", timeZone = "Europe/Zurich", owner = new { name = "mei", password = Password } };
        (await _owner.PostAsync("/api/v1/restaurants", request)).ShouldBeProblem(403, "SCOPE_MISSING");
        (await ops.PostAsync("/api/v1/restaurants", request)).ShouldBe(201).Json.GetProperty("username").GetString().ShouldBe("mei@noodle-bar");
        (await ops.PostAsync("/api/v1/restaurants", request)).ShouldBeProblem(409, "RESTAURANT_EXISTS");
        (await ops.PostAsync("/api/v1/restaurants", new { restaurantId = "Bad Id", name = "x", owner = new { name = "a", password = Password } })).ShouldBeProblem(422, "RESTAURANT_INVALID");
        (await ops.PostAsync("/api/v1/restaurants", new { restaurantId = "x", name = "x", timeZone = "Moon", owner = new { name = "a", password = Password } })).ShouldBeProblem(422, "RESTAURANT_INVALID");
        (await ops.GetAsync("/api/v1/restaurants")).ShouldBe(200).Text.ShouldBe("""["demo-burger","demo-pizza","noodle-bar"]""");
        var mei = await LogInAsync("mei@noodle-bar");
        (await mei.GetAsync("/api/v1/menu")).ShouldBeProblem(404, "MENU_MISSING");
        (await mei.GetAsync("/api/v1/settings")).ShouldBe(200).Json.GetProperty("settings").GetProperty("timeZone").GetString().ShouldBe("Europe/Zurich");
        (await ops.GetAsync("/api/v1/audit")).ShouldBe(200).Text.ShouldContain("restaurant.opened");
        (await _owner.GetAsync("/api/v1/audit")).Text.ShouldNotContain("noodle-bar");
    }

    private async Task<ApiClient> LogInAsync(string username, string password = Password) =>
        Bearer((await _host.Stranger.PostAsync("/api/v1/auth/token", new { username, password })).ShouldBe(200).Json);

    private ApiClient Bearer(System.Text.Json.JsonElement answer) => _host.Bearing(answer.GetProperty("accessToken").GetString()!);

    private Task<ApiAnswer> RefreshAsync(System.Text.Json.JsonElement answer) => _host.Stranger.PostAsync("/api/v1/auth/refresh", new { refreshToken = answer.GetProperty("refreshToken").GetString() });
}
