using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Carts;
using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Sessions.Tools;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Sessions;

/// <summary>Each tool makes the call it should, and no other.</summary>
public sealed class ToolTests
{
    private static readonly OrderingMetrics s_metrics = new ServiceCollection().AddOrderingGrains().BuildServiceProvider().GetRequiredService<OrderingMetrics>();
    private static readonly ToolRegistry s_tools = new ServiceCollection().AddOrderingGrains().BuildServiceProvider().GetRequiredService<ToolRegistry>();
    private readonly RecordingCart _cart = new();

    [Fact]
    public async Task Add_item_adds_one_line_with_the_call_id_as_key()
    {
        var line = new CartLine { LineId = "l1", ItemId = "cola", Name = "Cola", Quantity = 2, UnitPrice = new Money(219, "USD"), LinePrice = new Money(438, "USD"), Confidence = 1 };
        _cart.Answer = Cart([line]);
        var result = await RunAsync("add_item", """{"item":"cola","size":"small","options":["ice"],"without":["lemon"],"quantity":2,"heard":"two cokes"}""");
        var request = _cart.Calls.ShouldHaveSingleItem().Request.ShouldBeOfType<LineRequest>();
        (request.ItemId, request.Size, request.Quantity, request.Heard).ShouldBe(("cola", "small", 2, "two cokes"));
        request.Options.ShouldBe(["ice"]);
        request.Without.ShouldBe(["lemon"]);
        _cart.Changes.Single().ShouldBe(new CartChange("call-7", null));
        Say(result).ShouldBe("Added 2 Cola.");
        result.Changed.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0.74, 0.75, "Is that right?")]
    [InlineData(0.75, 0.75, "Added")]
    [InlineData(0.74, 0.5, "Added")]
    [InlineData(0.49, 0.5, "Is that right?")]
    public async Task A_line_below_the_threshold_in_force_asks_for_confirmation(double confidence, double acceptAt, string expected)
    {
        _cart.Answer = Cart([new CartLine { LineId = "l1", ItemId = "cola", Name = "Cola", Quantity = 1, Confidence = confidence }]);
        Say(await RunAsync("add_item", """{"item":"cola","quantity":1,"heard":"kola"}""", acceptAt)).ShouldContain(expected);
    }

    [Fact]
    public async Task Change_line_changes_only_what_is_given()
    {
        await RunAsync("change_line", """{"line_id":"l3","size":"large","heard":"make it large"}""");
        var (verb, request) = _cart.Calls.ShouldHaveSingleItem();
        verb.ShouldBe("change l3");
        var patch = request.ShouldBeOfType<LinePatch>();
        (patch.Size, patch.Quantity, patch.AddOptions.Count, patch.RemoveOptions.Count, patch.Heard).ShouldBe(("large", null, 0, 0, "make it large"));
    }

    [Theory]
    [InlineData("remove_line", """{"line_id":"l2"}""", "remove l2")]
    [InlineData("read_cart", "{}", "view")]
    [InlineData("submit_order", """{"cart_version":4}""", "submit")]
    [InlineData("search_menu", """{"query":"burger"}""", null)]
    [InlineData("end_call", """{"reason":"done"}""", null)]
    [InlineData("add_item", """{"item":"cola"}""", null)]
    [InlineData("change_line", """{"line_id":"l1","quantity":0,"heard":"none"}""", null)]
    [InlineData("invented", "{}", null)]
    [InlineData("apply_voucher", """{"code":"1"}""", null)]
    public async Task A_tool_makes_its_one_call_and_no_other(string tool, string arguments, string? call)
    {
        await RunAsync(tool, arguments);
        _cart.Calls.Select(made => made.Verb).ShouldBe(call is null ? [] : [call]);
    }

    [Fact]
    public async Task Submit_order_uses_the_sessions_cart_version_as_key()
    {
        _cart.Submission = new Submission(new OrderView { Id = new OrderId("o"), Number = "42", Restaurant = new RestaurantId("r"), Session = new SessionId("s"), Total = new Money(1299, "USD") }, false);
        var result = await RunAsync("submit_order", """{"cart_version":4}""");
        var command = _cart.Calls.ShouldHaveSingleItem().Request.ShouldBeOfType<SubmitCart>();
        (command.IdempotencyKey, command.ExpectedVersion, command.Via).ShouldBe(("ses-1/4", 4, "voice"));
        result.OutputJson.ShouldBe("""{"ok":true,"say":"Your order is placed. Your number is 42. The total is 12.99 dollars.","order":{"number":"42"}}""");
    }

    [Fact]
    public async Task A_refusal_is_passed_on_with_code_sentence_and_choices()
    {
        _cart.Answer = new Refusal("OPTION_REQUIRED", "Which drink would you like?", new[] { "Cola", "Lemonade" });
        var result = await RunAsync("add_item", """{"item":"classic-combo","quantity":1,"heard":"a combo"}""");
        result.OutputJson.ShouldBe("""{"ok":false,"code":"OPTION_REQUIRED","say":"Which drink would you like?","choices":["Cola","Lemonade"]}""");
        result.Changed.ShouldBeNull();
    }

    [Fact]
    public async Task Search_menu_finds_items_with_prices_and_allergens()
    {
        var root = Root(await RunAsync("search_menu", """{"query":"burgers"}"""));
        var matches = root.GetProperty("matches").EnumerateArray().ToDictionary(match => match.GetProperty("item").GetString()!);
        matches["classic-burger"].GetProperty("sizes")[1].GetProperty("price_minor").GetInt64().ShouldBe(999);
        matches["classic-burger"].GetProperty("allergens").EnumerateArray().Select(allergen => allergen.GetString()).ShouldBe(["egg", "gluten"]);
    }

    [Fact]
    public void The_cart_goes_to_the_model_as_ids_and_minor_units()
    {
        var line = new CartLine
        {
            LineId = "l1",
            ItemId = "classic-burger",
            Name = "Classic Burger",
            Size = "double",
            SizeName = "Double",
            Quantity = 2,
            LinePrice = new Money(2198, "USD"),
            Options = [new ChosenOption("bacon", "Bacon", new Money(150, "USD"))],
            Without = [new ChosenOption("onions", "Onions", new Money(0, "USD"))],
        };
        ToolOutput.Done("Done.", Cart([line]) with { Version = 4, Subtotal = new Money(2198, "USD"), Tax = new Money(181, "USD"), Total = new Money(2379, "USD") }).ShouldBe(
            """{"ok":true,"say":"Done.","cart":{"version":4,"lines":[{"line_id":"l1","item":"classic-burger","name":"Classic Burger","size":"double","options":["bacon"],"without":["onions"],"quantity":2,"line_total_minor":2198}],"subtotal_minor":2198,"tax_minor":181,"total_minor":2379,"currency":"USD"}}""");
    }

    [Fact]
    public async Task Amounts_and_wishes_go_to_the_cart_as_they_were_given()
    {
        await RunAsync("add_item", """{"item":"cola","amounts":[{"option":"ice","amount":"light"}],"requests":["lemon on the side"],"quantity":1,"heard":"a coke"}""");
        var request = _cart.Calls.ShouldHaveSingleItem().Request.ShouldBeOfType<LineRequest>();
        request.Amounts.ShouldBe([new OptionAmount("ice", "light")]);
        request.Requests.ShouldBe(["lemon on the side"]);
    }

    [Theory]
    [InlineData("""{"line_id":"l1","heard":"x","amounts":[{"option":"ice","amount":"regular"}]}""", 1, null)]
    [InlineData("""{"line_id":"l1","heard":"x","requests":[]}""", 0, 0)]
    [InlineData("""{"line_id":"l1","heard":"x","requests":["no lemon"]}""", 0, 1)]
    public async Task A_change_says_whether_it_speaks_of_wishes(string arguments, int amounts, int? requests)
    {
        await RunAsync("change_line", arguments);
        var patch = _cart.Calls.ShouldHaveSingleItem().Request.ShouldBeOfType<LinePatch>();
        (patch.Amounts.Count, patch.Requests?.Count).ShouldBe((amounts, requests));
    }

    [Theory]
    [InlineData("""{"option":"ice"}""")]
    [InlineData("""{"option":"ice","amount":1}""")]
    [InlineData("""{"option":"ice","amount":"light","price":0}""")]
    [InlineData("\"ice\"")]
    [InlineData("""{"option":"ice","amount":"light"},{"option":"ice","amount":"extra"}""")]
    public async Task Malformed_amounts_are_refused_and_nothing_is_called(string amounts)
    {
        var result = await RunAsync("add_item", $$"""{"item":"cola","amounts":[{{amounts}}],"quantity":1,"heard":"a coke"}""");
        result.Code.ShouldBe("TOOL_ARGUMENTS_INVALID");
        _cart.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Amounts_and_wishes_are_read_back()
    {
        var line = new CartLine
        {
            LineId = "l1",
            ItemId = "classic-burger",
            Name = "Classic Burger",
            Quantity = 1,
            LinePrice = new Money(899, "USD"),
            Options = [new ChosenOption("bacon", "Bacon", new Money(150, "USD"))],
            Without = [new ChosenOption("onions", "Onions", new Money(0, "USD"))],
            Amounts = [new ChosenAmount("lettuce", "Lettuce", "light"), new ChosenAmount("bacon", "Bacon", "extra")],
            Requests = [new SpecialRequest("side", "Ketchup"), new SpecialRequest("none", "Pickles")],
        };
        LineSpeech.Describe(line).ShouldBe("1 Classic Burger with extra Bacon, light Lettuce and Ketchup on the side, without Onions and Pickles");
        var node = ToolOutput.CartNode(Cart([line]))["lines"]![0]!;
        node["amounts"]!.ToJsonString().ShouldBe("""[{"option":"lettuce","amount":"light"},{"option":"bacon","amount":"extra"}]""");
        node["requests"]!.ToJsonString().ShouldBe("""["side Ketchup","none Pickles"]""");
    }

    [Fact]
    public void Schemas_are_closed_sorted_and_made_from_the_live_menu()
    {
        var specs = s_tools.SpecsFor(TestMenus.Index, new Limits(), []);
        specs.Select(spec => spec.Name).ShouldBe(["add_item", "change_line", "confirm_prices", "end_call", "order_status", "read_cart", "remove_line", "search_menu", "submit_order"]);
        foreach (var spec in specs)
        {
            var schema = JsonSerializer.Deserialize<JsonElement>(spec.ParametersJson);
            schema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
            foreach (var values in Enums(schema)) values.ShouldBe(values.Distinct().Order(StringComparer.Ordinal));
            spec.Description.ShouldNotBeNullOrWhiteSpace();
        }
        var add = JsonSerializer.Deserialize<JsonElement>(specs[0].ParametersJson);
        add.GetProperty("properties").GetProperty("item").GetProperty("enum").EnumerateArray().Select(id => id.GetString()).ShouldBe(TestMenus.Index.Items.Select(item => item.Item.Id).Order(StringComparer.Ordinal));
        add.GetProperty("properties").GetProperty("size").GetProperty("enum").EnumerateArray().Select(id => id.GetString()).ShouldBe(["double", "large", "single", "small"]);
        add.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["heard", "item", "quantity"]);
        s_tools.SpecsFor(TestMenus.Index, new Limits(), []).ShouldBeSameAs(specs);
    }

    [Fact]
    public void Tools_of_features_are_offered_only_where_their_flag_is_on()
    {
        var all = s_tools.SpecsFor(TestMenus.Index, new Limits(), [FlagNames.FeatureAgentVouchers, FlagNames.FeatureAgentCustomerLookUp]).Select(spec => spec.Name).ToArray();
        var vouchers = s_tools.SpecsFor(TestMenus.Index, new Limits(), [FlagNames.FeatureAgentVouchers]).Select(spec => spec.Name).ToArray();
        all.Except(vouchers).ShouldBe(["look_up_customer", "order_usual"]);
        vouchers.Except(s_tools.SpecsFor(TestMenus.Index, new Limits(), []).Select(spec => spec.Name)).ShouldBe(["apply_voucher", "create_voucher", "remove_voucher", "void_voucher"]);
    }

    [Fact]
    public void A_menu_without_sizes_and_options_offers_neither()
    {
        var plain = new Menu("USD", new TaxRule(false, new Dictionary<string, int> { ["food"] = 0 }), [new MenuCategory("one", "One", [TestMenus.Item("cola", "Cola", 100)])]);
        var add = JsonSerializer.Deserialize<JsonElement>(s_tools.SpecsFor(Grains.Restaurants.Matching.MenuIndex.Build(new MenuSnapshot(1, plain)), new Limits(), [])[0].ParametersJson);
        add.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(["heard", "item", "quantity", "requests"]);
    }

    private Task<ToolResult> RunAsync(string tool, string arguments, double acceptAt = 0.75) => s_tools.RunAsync(
        new ToolScene(new SessionId("ses-1"), new Caller("u", new RestaurantId("r"), []), _cart, TestMenus.Index, "call-7", "voice", new Limits(), acceptAt, s_metrics)
        {
            Grains = null!,
            IsOnAsync = _ => Task.FromResult(false),
        },
        new ToolCall("call-7", tool, arguments));

    private static CartView Cart(CartLine[] lines) => new() { Session = new SessionId("s"), Restaurant = new RestaurantId("r"), Version = 1, Lines = lines, Total = new Money(0, "USD") };

    private static JsonElement Root(ToolResult result) => JsonSerializer.Deserialize<JsonElement>(result.OutputJson, WireJson.Options);

    private static string Say(ToolResult result) => Root(result).GetProperty("say").GetString()!;

    private static IEnumerable<string[]> Enums(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => member.NameEquals("enum") ? [[.. member.Value.EnumerateArray().Select(value => value.GetString()!)]] : Enums(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Enums),
        _ => [],
    };
}
