using System.Text.Json;
using System.Xml.Linq;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Storage.Audit;
using VoiceOrdering.Silo.Storage.Identity;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What is kept of users, API keys and the key ring, on every database.</summary>
public abstract class UserStoreConformance(TestDatabase file) : IDisposable
{
    private static readonly RestaurantId s_burger = new("demo-burger");

    private UserStore Users => new(file.Database);

    private TokenStore Tokens => new(file.Database);

    private AuditLog Audit => new(file.Database);

    public void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task A_user_is_found_by_name_in_any_letter_case_after_a_restart()
    {
        var user = new StoredUser("Owner@demo-burger", "hash-1", "usr_1", new RestaurantId("demo-burger"), ["menu:write", "orders:read"]);
        await Users.UpsertAsync(user, default).InTimeAsync();
        file.Close();
        Written(await Users.FindByNameAsync("owner@DEMO-burger", default).InTimeAsync()).ShouldBe(Written(user));
        (await Users.FindByNameAsync("owner@demo-pizza", default).InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task Upserting_replaces_everything_but_the_name()
    {
        await Users.UpsertAsync(new StoredUser("ops", "hash-1", "usr_1", new RestaurantId("demo-burger"), ["orders:read"]), default).InTimeAsync();
        var changed = new StoredUser("OPS", "hash-2", "usr_2", null, ["ops:read", "ops:write"]);
        await Users.UpsertAsync(changed, default).InTimeAsync();
        Written(await Users.FindByNameAsync("ops", default).InTimeAsync()).ShouldBe(Written(changed));
    }

    [DatabaseFact]
    public async Task An_api_key_is_found_by_its_hash_only()
    {
        var key = new StoredApiKey("abc123", "till", "key_1", new RestaurantId("demo-pizza"), ["orders:create"]);
        await Users.AddApiKeyAsync(key, default).InTimeAsync();
        Written(await Users.FindByApiKeyHashAsync("abc123", default).InTimeAsync()).ShouldBe(Written(key));
        (await Users.FindByApiKeyHashAsync("ABC123", default).InTimeAsync()).ShouldBeNull();
        (await Users.FindByNameAsync("till", default).InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task Of_many_who_add_users_at_once_as_many_get_in_as_may()
    {
        var wishes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Users.AddAsync(User($"user-{i % 8}"), 5, Entry("user.created"), default))).InTimeAsync();
        wishes.Count(wish => wish == UserWrite.Done).ShouldBe(5);
        (await Users.ListAsync(s_burger, default).InTimeAsync()).Count.ShouldBe(5);
        (await Audit.ListAsync(new AuditQuery(s_burger.Value, null, null, 200), default).InTimeAsync()).Count.ShouldBe(5);
    }

    [DatabaseFact]
    public async Task A_changed_user_loses_what_was_issued_to_it_in_the_same_moment()
    {
        await Users.AddAsync(User("owner"), 5, Entry("user.created"), default).InTimeAsync();
        var asOf = TimeProvider.System.GetUtcNow();
        (await Tokens.AddAsync(new StoredRefreshToken("hash-1", "fam-1", "usr_owner", asOf.AddHours(1)) { AsOf = asOf }, 5, Entry("login"), default).InTimeAsync()).ShouldBeTrue();
        (await Tokens.RotateAsync(new RefreshSwap("hash-1", "hash-2", asOf.AddHours(1), asOf.AddHours(-1)), "here", default).InTimeAsync()).Outcome.ShouldBe(RefreshOutcome.Rotated);

        (await Users.ChangeAsync(new UserChange(s_burger, "OWNER", "nobody's role") { PasswordHash = "hash-9" }, Entry("user.changed"), default).InTimeAsync()).ShouldBe(UserWrite.Done);

        (await Tokens.RotateAsync(new RefreshSwap("hash-2", "hash-3", asOf.AddHours(1), asOf.AddHours(-1)), "here", default).InTimeAsync()).Outcome.ShouldBe(RefreshOutcome.Unknown);
        (await Tokens.AddAsync(new StoredRefreshToken("hash-4", "fam-2", "usr_owner", asOf.AddHours(1)) { AsOf = asOf }, 5, Entry("login"), default).InTimeAsync()).ShouldBeFalse();
        (await Tokens.ListRevokedAsync(asOf, default).InTimeAsync()).Select(revoked => revoked.Revoked).ShouldBe(["sub:usr_owner"]);
        (await Users.FindByNameAsync("owner", default).InTimeAsync())!.PasswordHash.ShouldBe("hash-9");
    }

    [DatabaseFact]
    public async Task A_refresh_token_that_many_bring_at_once_is_good_for_one_and_ends_the_log_in()
    {
        var asOf = TimeProvider.System.GetUtcNow();
        await Tokens.AddAsync(new StoredRefreshToken("hash", "fam", "usr", asOf.AddHours(1)) { AsOf = asOf }, 5, Entry("login"), default).InTimeAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Tokens.RotateAsync(new RefreshSwap("hash", $"next-{i}", asOf.AddHours(1), asOf.AddHours(-1)), "here", default))).InTimeAsync();
        results.Count(result => result.Outcome == RefreshOutcome.Rotated).ShouldBe(1);
        results.Count(result => result.Outcome == RefreshOutcome.Reused).ShouldBe(1, "from then on the family is gone");
        (await Tokens.ListRevokedAsync(asOf, default).InTimeAsync()).Select(revoked => revoked.Revoked).ShouldBe(["fam:fam"]);
    }

    [DatabaseFact]
    public async Task The_audit_is_listed_newest_first_page_by_page()
    {
        for (var i = 1; i <= 5; i++)
        {
            await Audit.AddAsync(new AuditEntry(i == 3 ? "demo-pizza" : "demo-burger", "staff", $"action-{i}", "target", ""), default).InTimeAsync();
        }
        var first = await Audit.ListAsync(new AuditQuery("demo-burger", "target", null, 2), default).InTimeAsync();
        first.Select(row => row.Action).ShouldBe(["action-5", "action-4"]);
        (await Audit.ListAsync(new AuditQuery("demo-burger", "target", first[^1].AuditId, 200), default).InTimeAsync()).Select(row => row.Action).ShouldBe(["action-2", "action-1"]);
    }

    [DatabaseFact]
    public void Data_protection_keys_outlive_the_process()
    {
        new KeyRingRepository(file.Database).StoreElement(new XElement("key", new XAttribute("id", "1"), "secret"), "key-1");
        file.Close();
        new KeyRingRepository(file.Database).GetAllElements().ShouldHaveSingleItem().ToString().ShouldBe("<key id=\"1\">secret</key>");
    }

    private static StoredUser User(string name) => new(name, "hash-1", $"usr_{name}", s_burger, ["orders:read"]) { Role = "owner" };

    private static AuditEntry Entry(string action) => new(s_burger.Value, "admin", action, "target", "");

    private static string Written<T>(T value) => JsonSerializer.Serialize(value);
}

public sealed class SqliteUserStoreTests() : UserStoreConformance(new TemporaryFile());

[NeedsPostgres]
public sealed class PostgresUserStoreTests() : UserStoreConformance(new TemporaryPostgres());
