using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Restaurants;

/// <summary>Settings of a restaurant over HTTP.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private ApiClient _owner = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new ApiHostOptions());
        _owner = await _host.LogInAsync("owner@demo-burger");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Settings_are_replaced_as_a_whole_and_a_lost_race_is_told()
    {
        var before = (await _owner.GetAsync("/api/v1/settings")).ShouldBe(200);
        before.ETag.ShouldBe("\"0\"");
        before.Json.GetProperty("settings").GetProperty("name").GetString().ShouldBe("Harbor Burger");
        var settings = new
        {
            name = "Harbor Burger 2",
            language = "en-US",
            timeZone = "America/New_York",
            greeting = "Hi!",
            hours = new[] { new { day = "monday", from = "11:00", until = "23:30" }, new { day = "friday", from = "18:00", until = "02:00" } },
            phones = new[] { "+1 202 555 0123" },
            notice = "No cards today.",
            priceRule = "reconfirm",
        };
        (await _owner.PutAsync("/api/v1/settings", settings)).ShouldBeProblem(428, "IF_MATCH_MISSING");
        var stored = (await _owner.PutAsync("/api/v1/settings", settings, ("If-Match", "\"0\""))).ShouldBe(200);
        stored.ETag.ShouldBe("\"1\"");
        (await _owner.PutAsync("/api/v1/settings", settings, ("If-Match", "\"0\""))).ShouldBeProblem(412, "SETTINGS_VERSION_CONFLICT");

        var after = (await _owner.GetAsync("/api/v1/settings")).Json.GetProperty("settings");
        after.GetProperty("phones")[0].GetString().ShouldBe("+12025550123");
        after.GetProperty("hours")[0].GetProperty("until").GetString().ShouldBe("23:30");
        after.GetProperty("priceRule").GetString().ShouldBe("reconfirm");
    }

    [Fact]
    public async Task Every_fault_is_listed_and_nothing_is_stored()
    {
        var wrong = new
        {
            name = "",
            language = "english!",
            timeZone = "Nowhere",
            greeting = new string('g', 301),
            hours = new[] { new { day = "friday", from = "18:00", until = "02:00" }, new { day = "saturday", from = "01:00", until = "09:00" } },
            phones = new[] { "0123", "+12025550123", "+12025550123" },
        };

        var problem = (await _owner.PutAsync("/api/v1/settings", wrong, ("If-Match", "\"0\""))).ShouldBeProblem(422, "SETTINGS_INVALID");

        problem.GetProperty("errors").EnumerateArray().Select(fault => fault.GetProperty("path").GetString())
            .ShouldBe(["/name", "/greeting", "/language", "/timeZone", "/phones/0", "/phones/2", "/hours/1"]);
        (await _owner.GetAsync("/api/v1/settings")).ETag.ShouldBe("\"0\"");
        (await _owner.PutAsync("/api/v1/settings", new { name = "x", hours = new[] { new { day = "someday", from = "25:00", until = "1" } } }, ("If-Match", "\"0\""))).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Fact]
    public async Task Only_who_may_write_settings_sees_them()
    {
        var staff = await _host.LogInAsync("staff@demo-burger");
        (await staff.GetAsync("/api/v1/settings")).ShouldBeProblem(403, "SCOPE_MISSING");
        (await staff.PutAsync("/api/v1/settings", new { }, ("If-Match", "\"0\""))).ShouldBeProblem(403, "SCOPE_MISSING");
    }
}
