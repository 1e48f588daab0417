using System.Text.Json;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Json;

namespace VoiceOrdering.Api.Tests.Menus;

[Collection(SharedHost.Name)]
public sealed class MenusTests(ApiHost host)
{
    [Fact]
    public async Task Everybody_of_the_restaurant_reads_its_menu()
    {
        var server = await host.LogInAsync("server@demo-pizza");
        var menu = (await server.GetAsync("/api/v1/menu")).ShouldBe(200);
        menu.Json.GetProperty("menu").GetProperty("categories").EnumerateArray().Sum(category => category.GetProperty("items").GetArrayLength()).ShouldBeGreaterThanOrEqualTo(40);
        menu.ETag.ShouldBe($"\"{menu.Json.GetProperty("version").GetInt64()}\"");
        (await server.GetAsync("/api/v1/menu", ("If-None-Match", menu.ETag))).ShouldBe(304).Text.ShouldBeEmpty();
        var other = await host.LogInAsync("server@demo-burger");
        (await other.GetAsync("/api/v1/menu")).Text.ShouldNotBe(menu.Text);
    }

    [Fact]
    public async Task A_menu_is_replaced_as_a_whole_and_only_from_its_version()
    {
        var own = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            var owner = await own.LogInAsync("owner@demo-burger");
            var before = await owner.GetAsync("/api/v1/menu");
            var menu = before.Json.GetProperty("menu").GetRawText();
            (await PutAsync(owner, menu)).ShouldBeProblem(428, "IF_MATCH_MISSING");
            (await PutAsync(owner, menu, ("If-Match", "\"77\""))).ShouldBeProblem(412, "MENU_VERSION_CONFLICT");

            var sushi = JsonSerializer.Serialize(ApiHost.SushiMenu(), WireJson.Options);
            var put = (await PutAsync(owner, sushi, ("If-Match", before.ETag))).ShouldBe(200);
            put.Json.GetProperty("version").GetInt64().ShouldBe(before.Json.GetProperty("version").GetInt64() + 1);
            var after = await owner.GetAsync("/api/v1/menu");
            after.ETag.ShouldBe(put.ETag);
            (await owner.SimpleItemsAsync()).ShouldBe(["salmon-roll", "tuna-roll"]);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_fault_of_a_menu_is_listed()
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        var before = await owner.GetAsync("/api/v1/menu");
        const string menu = """
            {"currency":"usd","tax":{"included":false,"classes":{"standard":-5}},"categories":[{"id":"a","name":"","items":[
              {"id":"Bad Id","name":"One","priceMinor":-1},{"id":"two","name":"Two","priceMinor":100,"taxClass":"none"},{"id":"two","name":"Again","priceMinor":100}]}]}
            """;
        var problem = (await PutAsync(owner, menu, ("If-Match", before.ETag))).ShouldBeProblem(422, "MENU_INVALID");
        var faults = problem.GetProperty("errors").EnumerateArray().ToArray();
        faults.Length.ShouldBeGreaterThanOrEqualTo(4, problem.GetRawText());
        foreach (var fault in faults)
        {
            fault.GetProperty("path").GetString().ShouldNotBeNull();
            fault.GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
            fault.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        }

        (await owner.GetAsync("/api/v1/menu")).ETag.ShouldBe(before.ETag);
    }

    [Theory]
    [InlineData("""{"currency":"USD","tax":{"included":false,"classes":{}}}""")]
    [InlineData("""{"currency":null,"tax":{"included":false,"classes":{}},"categories":[]}""")]
    [InlineData("""{"currency":"USD","tax":{"included":false,"classes":{}},"categories":[null]}""")]
    [InlineData("""{"currency":"USD","tax":{"included":false,"classes":{}},"categories":[{"id":"a","name":"A","items":[null]}]}""")]
    [InlineData("""{"currency":"USD","tax":{"included":false,"classes":{"standard":1.5}},"categories":[]}""")]
    public async Task A_menu_of_another_shape_is_refused(string menu)
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        var answer = await PutAsync(owner, menu, ("If-Match", "\"1\""));
        answer.Status.ShouldBeOneOf(400, 422);
        answer.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Words_become_lines()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var item = (await staff.GetAsync("/api/v1/menu")).Json.GetProperty("menu").GetProperty("categories")[0].GetProperty("items")[0];
        var parsed = (await staff.PostAsync("/api/v1/parse-order", new { text = $"two {item.GetProperty("name").GetString()} please" })).ShouldBe(200).Json;
        var line = parsed.GetProperty("lines").EnumerateArray().First();
        line.GetProperty("itemId").GetString().ShouldBe(item.GetProperty("id").GetString());
        line.GetProperty("quantity").GetInt32().ShouldBe(2);
        line.GetProperty("decision").GetString().ShouldBe("accept");

        var unknown = (await staff.PostAsync("/api/v1/parse-order", new { text = "some xylophone gravel" })).ShouldBe(200).Json;
        unknown.GetProperty("lines").GetArrayLength().ShouldBe(0, unknown.GetRawText());
        unknown.GetProperty("unmatched").GetArrayLength().ShouldBeGreaterThan(0);

        // One word of a name is worth a question and no more.
        var half = (await staff.PostAsync("/api/v1/parse-order", new { text = "a bowl of xylophone gravel" })).ShouldBe(200).Json;
        half.GetProperty("lines").EnumerateArray().Select(asked => asked.GetProperty("decision").GetString()).ShouldAllBe(decision => decision == "confirm");
    }

    [Theory]
    [InlineData("""{}""", 400, "TEXT_MISSING")]
    [InlineData("""{"text":"  "}""", 400, "TEXT_MISSING")]
    [InlineData("""{"text":"a burger","threshold":1.5}""", 422, "THRESHOLD_INVALID")]
    [InlineData("""{"text":"a burger","threshold":"0.5"}""", 400, "BODY_INVALID")]
    public async Task Words_that_cannot_be_read_are_refused(string body, int status, string code)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.PostAsync("/api/v1/parse-order", new StringContent(body, null, "application/json"))).ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task Too_many_words_are_refused()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.PostAsync("/api/v1/parse-order", new { text = new string('a', 2_001) })).ShouldBeProblem(413, "TEXT_TOO_LONG");
    }

    private static Task<ApiAnswer> PutAsync(ApiClient client, string menu, params (string, string)[] headers) =>
        client.SendAsync(HttpMethod.Put, "/api/v1/menu", new StringContent(menu, null, "application/json"), headers);
}
