using System.Text.Json;
using System.Xml.Linq;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

public sealed class UserStoreTests : IDisposable
{
    private readonly TemporaryDatabase file = new();

    private SqliteUserStore Users => new(file.Database);

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_user_is_found_by_name_in_any_letter_case_after_a_restart()
    {
        var user = new StoredUser("Owner@demo-burger", "hash-1", "usr_1", new RestaurantId("demo-burger"), ["menu:write", "orders:read"]);
        await Users.UpsertAsync(user, default).InTimeAsync();
        file.Close();
        Written(await Users.FindByNameAsync("owner@DEMO-burger", default).InTimeAsync()).ShouldBe(Written(user));
        (await Users.FindByNameAsync("owner@demo-pizza", default).InTimeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Upserting_replaces_everything_but_the_name()
    {
        await Users.UpsertAsync(new StoredUser("ops", "hash-1", "usr_1", new RestaurantId("demo-burger"), ["orders:read"]), default).InTimeAsync();
        var changed = new StoredUser("OPS", "hash-2", "usr_2", null, ["ops:read", "ops:write"]);
        await Users.UpsertAsync(changed, default).InTimeAsync();
        Written(await Users.FindByNameAsync("ops", default).InTimeAsync()).ShouldBe(Written(changed));
    }

    [Fact]
    public async Task An_api_key_is_found_by_its_hash_only()
    {
        var key = new StoredApiKey("abc123", "till", "key_1", new RestaurantId("demo-pizza"), ["orders:create"]);
        await Users.AddApiKeyAsync(key, default).InTimeAsync();
        Written(await Users.FindByApiKeyHashAsync("abc123", default).InTimeAsync()).ShouldBe(Written(key));
        (await Users.FindByApiKeyHashAsync("ABC123", default).InTimeAsync()).ShouldBeNull();
        (await Users.FindByNameAsync("till", default).InTimeAsync()).ShouldBeNull();
    }

    [Fact]
    public void Data_protection_keys_outlive_the_process()
    {
        new SqliteXmlRepository(file.Database).StoreElement(new XElement("key", new XAttribute("id", "1"), "secret"), "key-1");
        file.Close();
        new SqliteXmlRepository(file.Database).GetAllElements().ShouldHaveSingleItem().ToString().ShouldBe("<key id=\"1\">secret</key>");
    }

    private static string Written<T>(T value) => JsonSerializer.Serialize(value);
}
