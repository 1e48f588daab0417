using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Tests.Identity;

/// <summary>Log-ins, their ends and what is told of them, on a host of its own whose clock the test moves.</summary>
public sealed class LogInTests : IAsyncLifetime
{
    private const string LongPassword = "seven green bicycles";
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
    public async Task Of_many_who_refresh_with_one_token_at_one_time_one_wins_and_the_log_in_ends()
    {
        var tokens = await TokensAsync("staff@demo-burger");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(tokens)));
        var winner = answers.Single(answer => answer.Status == 200);
        (await Bearer(winner.Json).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await RowsAsync(_owner, "dev:staff@demo-burger")).ShouldContain("login.reused");
    }

    [Fact]
    public async Task Thirty_days_without_use_and_ninety_in_all_end_a_log_in()
    {
        var left = await TokensAsync("staff@demo-burger");
        var used = await TokensAsync("server@demo-burger");
        for (var day = 0; day < 90; day += 15)
        {
            used = (await RefreshAsync(used)).ShouldBe(200).Json;
            _clock.Advance(TimeSpan.FromDays(15));
        }

        (await RefreshAsync(left)).ShouldBeProblem(401, "REFRESH_INVALID");
        (await RefreshAsync(used)).ShouldBeProblem(401, "REFRESH_INVALID");
    }

    [Fact]
    public async Task Of_more_log_ins_than_the_limit_allows_the_oldest_cannot_be_continued()
    {
        await using var host = await ApiHost.StartAsync(new ApiHostOptions { Clock = _clock, Limits = new Dictionary<string, int> { ["LogInsPerUser"] = 2 } });
        var tokens = new List<JsonElement>();
        for (var i = 0; i < 3; i++)
        {
            tokens.Add((await host.Stranger.PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = ApiHost.Password })).ShouldBe(200).Json);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await RefreshAsync(tokens[0], host)).ShouldBeProblem(401, "REFRESH_INVALID");
        (await RefreshAsync(tokens[1], host)).ShouldBe(200);
        (await RefreshAsync(tokens[2], host)).ShouldBe(200);
    }

    [Fact]
    public async Task Only_hashes_of_refresh_tokens_and_keys_are_kept()
    {
        string[] secrets =
        [
            (await TokensAsync("staff@demo-burger")).GetProperty("refreshToken").GetString()!,
            (await _owner.PostAsync("/api/v1/api-keys", new { label = "till", role = "kitchen" })).ShouldBe(201).Json.GetProperty("apiKey").GetString()!,
        ];
        await _host.StopAsync();
        var files = Directory.GetFiles(_host.DataDirectory);
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file, Encoding.Latin1);
            secrets.ShouldAllBe(secret => !text.Contains(secret, StringComparison.Ordinal), file);
        }
    }

    [Fact]
    public async Task A_void_token_does_not_keep_its_bearer_from_logging_in()
    {
        var tokens = await TokensAsync("staff@demo-burger");
        (await Bearer(tokens).PostAsync("/api/v1/auth/revoke", null)).ShouldBe(204);
        (await Bearer(tokens).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await Bearer(tokens).PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = ApiHost.Password })).ShouldBe(200);
        (await Bearer(tokens).GetAsync("/api/v1/provider-health")).ShouldBe(200);
    }

    [Fact]
    public async Task What_was_checked_before_a_change_brings_no_log_in_after_it()
    {
        var (users, store) = (_host.Services.GetRequiredService<IUserStore>(), _host.Services.GetRequiredService<ITokenStore>());
        var seen = (await users.FindByNameAsync("staff@demo-burger", default))!;
        var asOf = _clock.GetUtcNow();
        await users.ChangeAsync(new UserChange(seen.Restaurant, seen.Username, "owner") { PasswordHash = "another" }, Told("user.changed"), default);
        var late = new StoredRefreshToken("hash", "fam_late", seen.Subject, asOf.AddDays(1)) { AsOf = asOf };
        (await store.AddAsync(late, 10, Told("login.begun"), default)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await store.AddAsync(late with { AsOf = _clock.GetUtcNow() }, 10, Told("login.begun"), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_that_was_set_meanwhile_is_not_overwritten_and_nothing_else_either()
    {
        var users = _host.Services.GetRequiredService<IUserStore>();
        var seen = (await users.FindByNameAsync("staff@demo-burger", default))!;
        await users.ChangeAsync(new UserChange(seen.Restaurant, seen.Username, "owner") { IsDisabled = true }, Told("user.changed"), default);
        var own = new UserChange(seen.Restaurant, seen.Username, "owner") { PasswordHash = "mine", CheckedHash = seen.PasswordHash };
        (await users.ChangeAsync(own, Told("user.password"), default)).ShouldBe(UserWrite.Unknown);
        (await users.ChangeAsync(new UserChange(seen.Restaurant, seen.Username, "owner") { Role = ("kitchen", ["orders:read"]) }, Told("user.changed"), default)).ShouldBe(UserWrite.Done);
        var now = (await users.FindByNameAsync("staff@demo-burger", default))!;
        (now.IsDisabled, now.PasswordHash, now.Role).ShouldBe((true, seen.PasswordHash, "kitchen"));
    }

    [Fact]
    public async Task Two_owners_who_demote_each_other_at_one_time_leave_one()
    {
        (await _owner.PostAsync("/api/v1/users", new { name = "second", password = LongPassword, role = "owner" })).ShouldBe(201);
        var other = Bearer(await TokensAsync("second@demo-burger", LongPassword));
        var answers = await Task.WhenAll(
            _owner.PatchAsync("/api/v1/users/second@demo-burger", new { role = "staff" }),
            other.PatchAsync("/api/v1/users/owner@demo-burger", new { role = "staff" }));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        var users = (await (await _host.LogInAsync("ops@platform")).GetAsync("/api/v1/users?restaurantId=demo-burger")).ShouldBe(200).Json.EnumerateArray();
        users.Count(user => user.GetProperty("role").GetString() == "owner").ShouldBe(1);
    }

    [Fact]
    public async Task What_another_process_revokes_is_refused_within_five_seconds()
    {
        var staff = await _host.LogInAsync("staff@demo-burger");
        using var stream = await staff.ListenAsync("/api/v1/orders/events");
        await stream.NextAsync("feed.ready");
        // Past the view of this process, as another process on the same database would do it.
        var change = new UserChange(new RestaurantId("demo-burger"), "staff@demo-burger", "owner") { IsDisabled = true };
        (await _host.Services.GetRequiredService<IUserStore>().ChangeAsync(change, Told("user.changed"), default)).ShouldBe(UserWrite.Done);

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await stream.TryNextAsync("the end of the stream")).ShouldBeNull();
        (await staff.GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task The_tokens_of_a_key_end_with_it()
    {
        var key = (await _owner.PostAsync("/api/v1/api-keys", new { label = "fair", role = "kitchen", expiresAt = _clock.GetUtcNow().AddMinutes(30) })).ShouldBe(201).Json;
        var token = (await _host.Stranger.PostAsync("/api/v1/auth/token", new { apiKey = key.GetProperty("apiKey").GetString() })).ShouldBe(200).Json;
        token.GetProperty("expiresInSeconds").GetInt32().ShouldBeInRange(1_700, 1_800);
        _clock.Advance(TimeSpan.FromMinutes(31));
        (await Bearer(token).GetAsync("/api/v1/orders")).ShouldBeProblem(401, "TOKEN_EXPIRED");
    }

    [Fact]
    public async Task Wrong_refresh_tokens_and_passwords_are_throttled()
    {
        await using var host = await ApiHost.StartAsync(new ApiHostOptions { Limits = new Dictionary<string, int> { ["LogInFailuresPerAddress"] = 3 } });
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.PostAsync("/api/v1/auth/password", new { current = "wrong", next = LongPassword })).ShouldBeProblem(403, "CREDENTIALS_INVALID");
        for (var i = 0; i < 2; i++)
        {
            (await host.Stranger.PostAsync("/api/v1/auth/refresh", new { refreshToken = $"rt_made-up-{i}" })).ShouldBeProblem(401, "REFRESH_INVALID");
        }

        (await host.Stranger.PostAsync("/api/v1/auth/refresh", new { refreshToken = "rt_made-up" })).ShouldBeProblem(429, "LOGIN_THROTTLED");
        (await staff.PostAsync("/api/v1/auth/password", new { current = ApiHost.Password, next = LongPassword })).ShouldBeProblem(429, "LOGIN_THROTTLED");
    }

    [Fact]
    public async Task Operators_manage_the_users_and_keys_of_any_restaurant_and_their_own()
    {
        var ops = await _host.LogInAsync("ops@platform");
        (await ops.PostAsync("/api/v1/users?restaurantId=demo-pizza", new { name = "ann", password = LongPassword, role = "owner" })).ShouldBe(201).Json.GetProperty("username").GetString().ShouldBe("ann@demo-pizza");
        (await ops.PatchAsync("/api/v1/users/owner@demo-pizza?restaurantId=demo-pizza", new { password = LongPassword })).ShouldBe(200);
        (await TokensAsync("owner@demo-pizza", LongPassword)).GetProperty("restaurantId").GetString().ShouldBe("demo-pizza");
        (await ops.PostAsync("/api/v1/api-keys?restaurantId=demo-pizza", new { label = "till", role = "kitchen" })).ShouldBe(201);
        (await ops.PostAsync("/api/v1/users", new { name = "night", password = LongPassword, role = "operator" })).ShouldBe(201).Json.GetProperty("username").GetString().ShouldBe("night@platform");
        (await ops.PostAsync("/api/v1/users", new { name = "x", password = LongPassword, role = "owner" })).ShouldBeProblem(422, "ROLE_UNKNOWN");
        (await ops.PatchAsync("/api/v1/users/owner@demo-burger?restaurantId=demo-pizza", new { disabled = true })).ShouldBeProblem(404, "USER_UNKNOWN");
        (await ops.PatchAsync("/api/v1/users/owner@demo-burger?restaurantId=demo-burger", new { disabled = true })).ShouldBeProblem(409, "LAST_OWNER");
        (await ops.GetAsync("/api/v1/users?restaurantId=no-such")).ShouldBeProblem(404, "RESTAURANT_UNKNOWN");
        (await ops.GetAsync("/api/v1/users?restaurantId=No%20Slug")).ShouldBeProblem(400, "QUERY_INVALID");
        (await _owner.GetAsync("/api/v1/users?restaurantId=demo-pizza")).ShouldBeProblem(403, "TENANT_MISMATCH");
        (await ops.GetAsync("/api/v1/audit?restaurantId=demo-pizza")).ShouldBe(200).Json.GetProperty("rows").EnumerateArray().ShouldAllBe(row => row.GetProperty("restaurantId").GetString() == "demo-pizza");
        (await ops.PostAsync("/api/v1/auth/password", new { current = ApiHost.Password, next = "another long password" })).ShouldBe(204);
    }

    [Fact]
    public async Task A_new_installation_begins_with_one_operator_and_its_password_is_used_once()
    {
        (await Should.ThrowAsync<SettingException>(() => ApiHost.StartAsync(new ApiHostOptions { Environment = "Production", OperatorPassword = "password1234" }))).Message.ShouldContain("VO_OPERATOR_PASSWORD");
        await using var first = await ApiHost.StartAsync(new ApiHostOptions { Environment = "Production", OperatorPassword = LongPassword });
        await TokensAsync("operator@platform", LongPassword, first);
        await first.StopAsync();
        await using var second = await ApiHost.StartAsync(new ApiHostOptions { Environment = "Production", OperatorPassword = "another long password", DataDirectory = first.DataDirectory });
        await TokensAsync("operator@platform", LongPassword, second);
        (await second.Stranger.PostAsync("/api/v1/auth/token", new { username = "operator@platform", password = "another long password" })).ShouldBeProblem(401, "CREDENTIALS_INVALID");
    }

    [Fact]
    public async Task Settings_and_menus_are_in_the_audit_and_what_was_refused_is_not()
    {
        (await _owner.PutAsync("/api/v1/sold-out/cola", new { })).ShouldBe(200);
        (await _owner.PutAsync("/api/v1/sold-out/nothing", new { })).ShouldBeProblem(422, "ITEM_UNKNOWN");
        (await RowsAsync(_owner, "cola")).ShouldBe(["item.sold-out"]);
        (await RowsAsync(_owner, "nothing")).ShouldBeEmpty();
        (await _host.Stranger.PostAsync("/api/v1/auth/token", new { username = "my secret password", password = "x" })).ShouldBeProblem(401, "CREDENTIALS_INVALID");
        var all = (await (await _host.LogInAsync("ops@platform")).GetAsync("/api/v1/audit")).ShouldBe(200);
        all.Text.ShouldContain("login.refused");
        all.Text.ShouldNotContain("my secret password");
    }

    private static AuditEntry Told(string action) => new("demo-burger", "test", action, "test", "");

    private static async Task<IReadOnlyList<string?>> RowsAsync(ApiClient client, string target) =>
        [.. (await client.GetAsync($"/api/v1/audit?target={target}")).ShouldBe(200).Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("action").GetString())];

    private async Task<JsonElement> TokensAsync(string username, string password = ApiHost.Password, ApiHost? host = null) =>
        (await (host ?? _host).Stranger.PostAsync("/api/v1/auth/token", new { username, password })).ShouldBe(200).Json;

    private Task<ApiAnswer> RefreshAsync(JsonElement tokens, ApiHost? host = null) =>
        (host ?? _host).Stranger.PostAsync("/api/v1/auth/refresh", new { refreshToken = tokens.GetProperty("refreshToken").GetString() });

    private ApiClient Bearer(JsonElement tokens) => _host.Bearing(tokens.GetProperty("accessToken").GetString()!);
}
