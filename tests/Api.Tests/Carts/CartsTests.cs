using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Carts;

[Collection(SharedHost.Name)]
public sealed class CartsTests(ApiHost host)
{
    [Fact]
    public async Task Lines_are_added_changed_and_removed()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        var item = (await staff.SimpleItemsAsync())[0];
        var cart = $"/api/v1/sessions/{sessionId}/cart";

        var added = await staff.PostAsync($"{cart}/lines", new { itemId = item, quantity = 2 });
        var line = added.ShouldBe(201).Json.GetProperty("lines").EnumerateArray().Single();
        added.ETag.ShouldBe($"\"{added.Json.GetProperty("version").GetInt64()}\"");
        line.GetProperty("itemId").GetString().ShouldBe(item);
        line.GetProperty("linePrice").GetProperty("amountMinor").GetInt64().ShouldBe(2 * line.GetProperty("unitPrice").GetProperty("amountMinor").GetInt64());
        added.Json.GetProperty("total").GetProperty("amountMinor").GetInt64().ShouldBe(
            added.Json.GetProperty("subtotal").GetProperty("amountMinor").GetInt64() + added.Json.GetProperty("tax").GetProperty("amountMinor").GetInt64());

        var lineId = line.GetProperty("lineId").GetString();
        var changed = await staff.PatchAsync($"{cart}/lines/{lineId}", new { quantity = 3 }, ("If-Match", added.ETag));
        changed.ShouldBe(200).Json.GetProperty("lines")[0].GetProperty("quantity").GetInt32().ShouldBe(3);

        var removed = await staff.DeleteAsync($"{cart}/lines/{lineId}");
        removed.ShouldBe(200).Json.GetProperty("lines").GetArrayLength().ShouldBe(0);
        (await staff.GetAsync(cart)).ShouldBe(200).ETag.ShouldBe(removed.ETag);
    }

    [Fact]
    public async Task Amounts_and_wishes_come_back_in_the_menus_words_and_malformed_ones_do_not_come_in()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var lines = $"/api/v1/sessions/{await staff.OpenSessionAsync()}/cart/lines";
        var added = await staff.PostAsync(lines, new { itemId = "classic-burger", amounts = new[] { new { optionId = "onions", amount = "light" } }, requests = new[] { "no mustard, please" } });
        var line = added.ShouldBe(201).Json.GetProperty("lines")[0];
        line.GetProperty("amounts").GetRawText().ShouldBe("""[{"id":"onions","name":"Onions","amount":"light"}]""");
        line.GetProperty("requests").GetRawText().ShouldBe("""[{"kind":"none","subject":"Mustard","optionId":"mustard"}]""");
        line.GetProperty("unitPrice").GetProperty("amountMinor").GetInt64().ShouldBe(749);

        var cleared = await staff.PatchAsync($"{lines}/l1", new { requests = Array.Empty<string>() });
        cleared.ShouldBe(200).Json.GetProperty("lines")[0].GetProperty("requests").GetArrayLength().ShouldBe(0);
        (await staff.PatchAsync($"{lines}/l1", new { requests = new[] { "and half the price" } })).ShouldBeProblem(422, "REQUEST_UNKNOWN");
        (await staff.PatchAsync($"{lines}/l1", new { amounts = new[] { new { optionId = "onions", amount = "heaps" } } })).ShouldBeProblem(422, "AMOUNT_INVALID");
        (await staff.PatchAsync($"{lines}/l1", new { amounts = new[] { new { optionId = "onions" } } })).ShouldBeProblem(400, "BODY_INVALID");
        (await staff.PatchAsync($"{lines}/l1", new { amounts = new object?[] { null } })).ShouldBeProblem(400, "BODY_INVALID");
        (await staff.PostAsync(lines, new { itemId = "classic-burger", requests = new string?[] { null } })).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Fact]
    public async Task A_lost_race_is_told()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        var item = (await staff.SimpleItemsAsync())[0];
        var path = $"/api/v1/sessions/{sessionId}/cart/lines";
        var before = (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).ETag;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => staff.PostAsync(path, new { itemId = item }, ("If-Match", before))));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.First(answer => answer.Status != 201).ShouldBeProblem(412, "CART_VERSION_CONFLICT");
        (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("lines").EnumerateArray().Single().GetProperty("quantity").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_changes_the_cart_once()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        var items = await staff.SimpleItemsAsync();
        var path = $"/api/v1/sessions/{sessionId}/cart/lines";
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => staff.PostAsync(path, new { itemId = items[0] }, ("Idempotency-Key", "\"one-tap\""))));
        foreach (var answer in answers)
        {
            answer.ShouldBe(201).Json.GetProperty("lines").GetArrayLength().ShouldBe(1);
        }

        (await staff.PostAsync(path, new { itemId = items[1] }, ("Idempotency-Key", "one-tap"))).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");
        (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("lines").EnumerateArray().Single().GetProperty("quantity").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{}""", 400, "BODY_INVALID")]
    [InlineData("""{"itemId":"no-such-dish"}""", 422, "ITEM_UNKNOWN")]
    [InlineData("""{"itemId":"$item","quantity":0}""", 422, "QUANTITY_INVALID")]
    [InlineData("""{"itemId":"$item","quantity":-3}""", 422, "QUANTITY_INVALID")]
    [InlineData("""{"itemId":"$item","quantity":21}""", 422, "QUANTITY_TOO_LARGE")]
    [InlineData("""{"itemId":"$item","quantity":2147483648}""", 400, "BODY_INVALID")]
    [InlineData("""{"itemId":"$item","quantity":1.5}""", 400, "BODY_INVALID")]
    [InlineData("""{"itemId":"$item","unitPrice":1}""", 400, "BODY_INVALID")]
    [InlineData("""{"itemId":"$item","options":["gold-leaf"]}""", 422, "OPTION_UNKNOWN")]
    [InlineData("""{"itemId":"$item","options":[null]}""", 400, "BODY_INVALID")]
    [InlineData("""{"itemId":"$item","options":null}""", 400, "BODY_INVALID")]
    [InlineData("""{"itemId":"$item","size":"gigantic"}""", 422, "SIZE_UNKNOWN")]
    public async Task A_line_that_cannot_be_is_refused_and_nothing_changes(string body, int status, string code)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        var item = (await staff.SimpleItemsAsync())[0];
        var answer = await staff.PostAsync($"/api/v1/sessions/{sessionId}/cart/lines", new StringContent(body.Replace("$item", item, StringComparison.Ordinal), null, "application/json"));
        answer.ShouldBeProblem(status, code);
        (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("lines").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("If-Match", "3", "IF_MATCH_INVALID")]
    [InlineData("If-Match", "\"x\"", "IF_MATCH_INVALID")]
    [InlineData("If-Match", "\"-1\"", "IF_MATCH_INVALID")]
    [InlineData("If-Match", "W/\"1\"", "IF_MATCH_INVALID")]
    [InlineData("Idempotency-Key", "two words", "IDEMPOTENCY_KEY_INVALID")]
    public async Task Malformed_preconditions_are_refused(string header, string value, string code)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        (await staff.PostAsync($"/api/v1/sessions/{sessionId}/cart/lines", new { itemId = "x" }, (header, value))).ShouldBeProblem(400, code);
    }

    [Fact]
    public async Task An_unknown_line_is_not_there()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        (await staff.DeleteAsync($"/api/v1/sessions/{sessionId}/cart/lines/l99")).ShouldBeProblem(404, "LINE_UNKNOWN");
        (await staff.PatchAsync($"/api/v1/sessions/{sessionId}/cart/lines/l99", new { quantity = 1 })).ShouldBeProblem(404, "LINE_UNKNOWN");
    }
}
