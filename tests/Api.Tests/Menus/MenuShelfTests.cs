using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Menus;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Json;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Tests.Menus;

/// <summary>Menus as written: export and import, versions, switches and what is sold out.</summary>
public sealed class MenuShelfTests : IAsyncLifetime
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
    public async Task What_is_exported_can_be_imported_unchanged()
    {
        var export = (await _owner.GetAsync("/api/v1/menus/main")).ShouldBe(200);
        var text = export.Json.GetProperty("menu").GetRawText();

        (await ValidateAsync(text)).ShouldBeEmpty();
        var stored = (await PutAsync("lunch", text, "\"0\"")).ShouldBe(200);

        stored.ETag.ShouldBe("\"2\"");
        var again = (await _owner.GetAsync("/api/v1/menus/lunch")).ShouldBe(200);
        again.Json.GetProperty("menu").GetRawText().ShouldBe(text);
        again.Json.GetProperty("storedBy").GetString().ShouldBe("dev:owner@demo-burger");
        again.ETag.ShouldBe("\"2\"");
    }

    [Fact]
    public async Task Every_fault_is_listed_with_its_path_before_and_after_the_schema()
    {
        var schemaFaults = await ValidateAsync("""
            {"currency":"usd","tax":{"included":"no","classes":{"food":20000}},"extra":1,"categories":[{"id":"a","name":"A","items":[
              {"id":"x","name":"X","priceMinor":1.5,"fromDate":"2026-1-1"},{"name":"Y"}]}]}
            """);
        schemaFaults.ShouldBe(
        [
            ("/currency", "TEXT_MALFORMED"), ("/tax/included", "TYPE_WRONG"), ("/tax/classes/food", "NUMBER_OUT_OF_RANGE"), ("/extra", "MEMBER_UNKNOWN"),
            ("/categories/0/items/0/priceMinor", "TYPE_WRONG"), ("/categories/0/items/0/fromDate", "TEXT_MALFORMED"), ("/categories/0/items/1/id", "MEMBER_MISSING"),
        ]);

        var meaningFaults = await ValidateAsync("""
            {"currency":"USD","tax":{"included":false,"classes":{"standard":500}},"categories":[{"id":"a","name":"A","items":[
              {"id":"x","name":"X","priceMinor":100,"dayParts":["brunch"]},{"id":"y","name":"X","priceMinor":100,"slots":[{"id":"s","name":"S","choices":[{"itemId":"z"}]}]}]}]}
            """);
        meaningFaults.ShouldBe([("/categories/0/items/0/dayParts/0", "DAY_PART_UNKNOWN"), ("/categories/0/items/1/name", "NAME_AMBIGUOUS"), ("/categories/0/items/1/slots/0/choices/0/itemId", "SLOT_ITEM_UNKNOWN")]);

        (await ValidateAsync("""{"currency":"USD","tax":{"included":false,"classes":{"standard":500}},"categories":[{"id":"a","name":"A","items":[{"id":"x","name":"X","fromDate":"2026-02-30"}]}]}"""))
            .ShouldBe([("/categories/0/items/0/fromDate", "VALUE_INVALID")]);
    }

    [Fact]
    public async Task Versions_are_listed_and_an_earlier_one_comes_back()
    {
        var first = (await _owner.GetAsync("/api/v1/menus/main")).Json.GetProperty("menu").GetRawText();
        (await PutAsync("main", JsonSerializer.Serialize(ApiHost.SushiMenu(), WireJson.Options), "\"1\"")).ShouldBe(200);
        (await PutAsync("main", first, "\"1\"")).ShouldBeProblem(412, "MENU_VERSION_CONFLICT");
        (await _owner.PostAsync("/api/v1/menus/main/revert", new { version = 1 }, ("If-Match", "\"1\""))).ShouldBeProblem(412, "MENU_VERSION_CONFLICT");
        (await _owner.PostAsync("/api/v1/menus/main/revert", new { version = 1 })).ShouldBeProblem(428, "IF_MATCH_MISSING");
        (await _owner.PostAsync("/api/v1/menus/main/revert", new { version = 99 }, ("If-Match", "\"2\""))).ShouldBeProblem(404, "MENU_MISSING");
        (await _owner.PostAsync("/api/v1/menus/main/revert", new { version = 1 }, ("If-Match", "\"2\""))).ShouldBe(200);

        (await _owner.GetAsync("/api/v1/menus/main")).Json.GetProperty("menu").GetRawText().ShouldBe(first);
        (await _owner.GetAsync("/api/v1/menus/main?version=2")).Text.ShouldContain("salmon-roll");
        var shelf = (await _owner.GetAsync("/api/v1/menus")).ShouldBe(200).Json;
        shelf.GetProperty("menus")[0].GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetInt64()).ShouldBe([3, 2, 1]);
        shelf.GetProperty("inForceVersion").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task A_switch_puts_another_menu_in_force_and_can_be_planned_and_taken_back()
    {
        (await PutAsync("sushi", JsonSerializer.Serialize(ApiHost.SushiMenu(), WireJson.Options), "\"0\"")).ShouldBe(200);
        var later = _host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(1);
        (await _owner.PostAsync("/api/v1/menus/switches", new { menuId = "sushi", from = later })).ShouldBe(200).Json.GetProperty("inForceMenu").GetString().ShouldBe("main");
        (await _owner.DeleteAsync($"/api/v1/menus/switches/sushi?from={Uri.EscapeDataString(later.ToString("O"))}")).ShouldBe(200).Json.GetProperty("schedule").GetArrayLength().ShouldBe(0);
        (await _owner.DeleteAsync("/api/v1/menus/switches/sushi")).ShouldBeProblem(400, "QUERY_INVALID");
        (await _owner.PostAsync("/api/v1/menus/switches", new { menuId = "nothing" })).ShouldBeProblem(404, "MENU_MISSING");
        (await _owner.PostAsync("/api/v1/menus/switches", new { menuId = "sushi" })).ShouldBe(200).Json.GetProperty("inForceMenu").GetString().ShouldBe("sushi");

        (await _owner.GetAsync("/api/v1/menu")).Text.ShouldContain("salmon-roll");
    }

    [Fact]
    public async Task Staff_mark_items_as_sold_out_and_the_menu_of_the_moment_says_so()
    {
        var staff = await _host.LogInAsync("staff@demo-burger");
        var tag = (await staff.GetAsync("/api/v1/menu")).ETag;
        (await staff.PutAsync("/api/v1/sold-out/classic-burger", new { })).ShouldBe(200).Json[0].GetProperty("itemId").GetString().ShouldBe("classic-burger");

        var menu = await staff.GetAsync("/api/v1/menu", ("If-None-Match", tag));
        menu.ShouldBe(200).ETag.ShouldNotBe(tag);
        var item = menu.Json.GetProperty("menu").GetProperty("categories")[0].GetProperty("items").EnumerateArray().First(item => item.GetProperty("id").GetString() == "classic-burger");
        (item.GetProperty("available").GetBoolean(), item.GetProperty("unavailability").GetProperty("reason").GetString()).ShouldBe((false, "soldOut"));
        (await _owner.SendAsync(HttpMethod.Put, "/api/v1/menu", new StringContent(menu.Json.GetProperty("menu").GetRawText(), null, "application/json"), ("If-Match", menu.ETag)))
            .ShouldBeProblem(400, "IF_MATCH_INVALID");
        (await _owner.GetAsync("/api/v1/menus/main")).ETag.ShouldBe(tag, "a mark is no new version");

        (await staff.PutAsync("/api/v1/sold-out/nothing", new { })).ShouldBeProblem(422, "ITEM_UNKNOWN");
        (await staff.PutAsync("/api/v1/sold-out/classic-burger", new { until = _host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddSeconds(-1) })).ShouldBeProblem(422, "SOLD_OUT_UNTIL_PAST");
        (await staff.DeleteAsync("/api/v1/sold-out/classic-burger")).ShouldBe(200).Json.GetArrayLength().ShouldBe(0);
        (await staff.GetAsync("/api/v1/menu")).ETag.ShouldBe(tag);
        (await staff.GetAsync("/api/v1/menus")).ShouldBeProblem(403, "SCOPE_MISSING");
    }

    [Fact]
    public async Task The_schema_is_published_and_says_what_the_menu_types_have()
    {
        var schema = JsonNode.Parse((await _host.Stranger.GetAsync("/api/v1/menu-schema")).ShouldBe(200).Text)!;
        var definitions = schema["$defs"]!;
        Members(schema).ShouldBe(MembersOf<Menu>());
        Members(definitions["tax"]!).ShouldBe(MembersOf<TaxRule>());
        Members(definitions["dayPart"]!).ShouldBe(MembersOf<DayPart>());
        Members(definitions["category"]!).ShouldBe(MembersOf<MenuCategory>());
        Members(definitions["item"]!).ShouldBe(MembersOf<MenuItem>(except: "unavailability"));
        Members(definitions["size"]!).ShouldBe(MembersOf<MenuSize>());
        Members(definitions["group"]!).ShouldBe(MembersOf<OptionGroup>("parentOption", "isSlot"));
        Members(definitions["option"]!).ShouldBe(MembersOf<MenuOption>());
        Members(definitions["slot"]!).ShouldBe(MembersOf<ComboSlot>());
        Members(definitions["choice"]!).ShouldBe(MembersOf<SlotChoice>());
        foreach (var demo in DemoRestaurants.All)
        {
            using var document = JsonDocument.Parse(JsonSerializer.Serialize(demo.Menu, WireJson.Options));
            MenuDocument.Read(document.RootElement).Faults.ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_schema_with_a_keyword_nobody_checks_is_refused()
    {
        using var document = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string","format":"date"}}}""");
        Should.Throw<NotSupportedException>(() => new JsonSchemaCheck(document.RootElement)).Message.ShouldContain("format");
    }

    private static string[] Members(JsonNode schema) => [.. schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal)];

    private static string[] MembersOf<T>(params string[] except) =>
        [.. WireJson.Options.GetTypeInfo(typeof(T)).Properties.Select(property => property.Name).Except(except).Order(StringComparer.Ordinal)];

    private async Task<(string Path, string Code)[]> ValidateAsync(string menu)
    {
        var answer = await _owner.SendAsync(HttpMethod.Post, "/api/v1/menus/validation", new StringContent(menu, null, "application/json"));
        return [.. answer.ShouldBe(200).Json.GetProperty("errors").EnumerateArray().Select(fault => (fault.GetProperty("path").GetString()!, fault.GetProperty("code").GetString()!))];
    }

    private Task<ApiAnswer> PutAsync(string menuId, string menu, string ifMatch) =>
        _owner.SendAsync(HttpMethod.Put, $"/api/v1/menus/{menuId}", new StringContent(menu, null, "application/json"), ("If-Match", ifMatch));
}
