using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Tests.Flags;

/// <summary>Flags as operators and customers meet them, on a host of its own whose clock the test moves.</summary>
public sealed class FlagsTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private ApiHost _host = null!;
    private ApiClient _operator = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new ApiHostOptions { Clock = _clock });
        _operator = await _host.LogInAsync("ops@platform");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Operators_read_and_change_flags_and_nobody_else_does()
    {
        var owner = await _host.LogInAsync("owner@demo-burger");
        (await owner.GetAsync("/api/v1/flags")).ShouldBeProblem(403, "SCOPE_MISSING");
        (await owner.GetAsync("/api/v1/flags/history")).ShouldBeProblem(403, "SCOPE_MISSING");
        (await PutAsync(owner, FlagNames.MatchThreshold075, new { enabled = false }, 0)).ShouldBeProblem(403, "SCOPE_MISSING");
        (await _host.Stranger.GetAsync("/api/v1/flags")).ShouldBeProblem(401, "TOKEN_MISSING");

        var view = (await _operator.GetAsync("/api/v1/flags")).ShouldBe(200);
        view.ETag.ShouldBe("\"0\"");
        (await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true, percentage = 10 }, 0)).ShouldBe(200).ETag.ShouldBe("\"1\"");
        var change = (await _operator.GetAsync("/api/v1/flags/history")).ShouldBe(200).Json.GetProperty("changes")[0];
        change.GetProperty("by").GetString().ShouldNotBeNullOrEmpty();
        change.GetProperty("after").GetProperty("percentage").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task What_cannot_be_taken_says_why()
    {
        (await PutAsync(_operator, "NO_SUCH", new { enabled = true }, 0)).ShouldBeProblem(404, "FLAG_UNKNOWN");
        (await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true, percentage = 101 }, 0)).ShouldBeProblem(422, "FLAG_INVALID");
        (await PutAsync(_operator, FlagNames.MatchThreshold075, new { percentage = 1 }, 0)).ShouldBeProblem(400, "BODY_INVALID");
        (await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true, users = new string?[] { null } }, 0)).ShouldBeProblem(422, "FLAG_INVALID");
        (await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true }, 7)).ShouldBeProblem(412, "FLAGS_VERSION_CONFLICT");
        (await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true }, null)).ShouldBeProblem(428, "IF_MATCH_MISSING");
    }

    [Fact]
    public async Task Submitting_without_a_key_is_taken_only_by_sessions_opened_after_the_flag_was_turned_off()
    {
        var owner = await _host.LogInAsync("owner@demo-burger");
        var item = (await owner.SimpleItemsAsync())[0];
        var before = await owner.OpenSessionAsync();
        await owner.PostAsync($"/api/v1/sessions/{before}/cart/lines", new { itemId = item });
        (await owner.PostAsync($"/api/v1/sessions/{before}/submit", new { })).ShouldBeProblem(400, "IDEMPOTENCY_KEY_MISSING");

        (await PutAsync(_operator, FlagNames.IdempotencyEnabled, new { enabled = false }, 0)).ShouldBe(200);
        _clock.Advance(IFlagsGrain.TakesEffectWithin);
        (await owner.PostAsync($"/api/v1/sessions/{before}/submit", new { })).ShouldBeProblem(400, "IDEMPOTENCY_KEY_MISSING");

        var after = await owner.OpenSessionAsync();
        await owner.PostAsync($"/api/v1/sessions/{after}/cart/lines", new { itemId = item });
        var placed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => owner.PostAsync($"/api/v1/sessions/{after}/submit", new { })));
        placed.ShouldAllBe(answer => answer.Status == 201);
        placed.Select(answer => answer.Json.GetProperty("orderId").GetString()).Distinct().Count().ShouldBe(1, "the cart still becomes one order");
    }

    [Fact]
    public async Task A_percentage_is_kept_by_bucket_and_those_named_are_always_in()
    {
        var decisions = _host.Services.GetRequiredService<IFlagDecisions>();
        await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true, percentage = 30, users = new[] { "vip" }, restaurants = new[] { "demo-pizza" } }, 0);
        _clock.Advance(IFlagsGrain.TakesEffectWithin);
        var units = Enumerable.Range(0, 2000).Select(unit => $"ses_{unit}").ToArray();
        var first = await OnAsync("somebody", "demo-burger");
        first.Count.ShouldBeInRange(2000 * 25 / 100, 2000 * 35 / 100);
        (await OnAsync("somebody", "demo-burger")).ShouldBe(first, "a bucket does not change");
        (await OnAsync("vip", "demo-burger")).Count.ShouldBe(2000);
        (await OnAsync("somebody", "demo-pizza")).Count.ShouldBe(2000);

        await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = true, percentage = 60 }, 1);
        _clock.Advance(IFlagsGrain.TakesEffectWithin);
        first.Except(await OnAsync("somebody", "demo-burger")).ShouldBeEmpty("raising a percentage takes nobody out");

        async Task<List<string>> OnAsync(string subject, string restaurant)
        {
            var on = new List<string>();
            foreach (var unit in units)
            {
                if ((await decisions.OnForAsync(unit, subject, new RestaurantId(restaurant))).Contains(FlagNames.MatchThreshold075))
                {
                    on.Add(unit);
                }
            }

            return on;
        }
    }

    [Fact]
    public async Task A_flow_that_is_switched_off_for_everybody_ends_in_running_sessions_also_by_hand()
    {
        var owner = await _host.LogInAsync("owner@demo-burger");
        await PutAsync(_operator, FlagNames.NewCustomerIdFlow, new { enabled = true, percentage = 100 }, 0);
        _clock.Advance(IFlagsGrain.TakesEffectWithin);
        var session = await OpenAsync(new { channel = "text" });
        var byHand = await OpenAsync(new { channel = "text", flags = new Dictionary<string, bool> { [FlagNames.NewCustomerIdFlow] = true } });
        (await owner.PutAsync($"/api/v1/sessions/{session}/cart/customer", new { phone = "+14155550171" })).ShouldBe(200);

        await PutAsync(_operator, FlagNames.NewCustomerIdFlow, new { enabled = false }, 1);
        _clock.Advance(IFlagsGrain.TakesEffectWithin);
        (await owner.PutAsync($"/api/v1/sessions/{session}/cart/customer", new { phone = "+14155550172" })).ShouldBeProblem(404, "CUSTOMER_UNKNOWN");
        (await owner.PostAsync("/api/v1/customers/look-up", new { phone = "+14155550172" })).ShouldBeProblem(404, "CUSTOMER_UNKNOWN");
        (await owner.PutAsync($"/api/v1/sessions/{byHand}/cart/customer", new { phone = "+14155550173" })).ShouldBe(200);

        async Task<string?> OpenAsync(object body) => (await owner.PostAsync("/api/v1/sessions", body)).ShouldBe(201).Json.GetProperty("sessionId").GetString();
    }

    [Fact]
    public async Task The_threshold_decides_whether_words_are_taken_or_asked_about()
    {
        var owner = await _host.LogInAsync("owner@demo-burger");
        var words = await DoubtfulWordsAsync(owner);
        (await DecisionAsync(owner, words)).ShouldBe("confirm");
        await PutAsync(_operator, FlagNames.MatchThreshold075, new { enabled = false }, 0);
        _clock.Advance(IFlagsGrain.TakesEffectWithin);
        (await DecisionAsync(owner, words)).ShouldBe("accept");
    }

    [Fact]
    public async Task One_session_may_be_decided_by_hand_in_development_and_not_in_production()
    {
        var owner = await _host.LogInAsync("owner@demo-burger");
        var body = new { channel = "text", flags = new Dictionary<string, bool> { [FlagNames.MatchThreshold075] = false } };
        (await owner.PostAsync("/api/v1/sessions", body)).ShouldBe(201).Json.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()).ShouldBe([FlagNames.IdempotencyEnabled]);
        (await owner.PostAsync("/api/v1/sessions", new { channel = "text", flags = new { NO_SUCH = true } })).ShouldBeProblem(404, "FLAG_UNKNOWN");

        await using var production = await ApiHost.StartAsync(new ApiHostOptions { Environment = "Production" });
        var customer = production.With("somebody", "demo-burger", Scopes.OrdersCreate);
        (await customer.PostAsync("/api/v1/sessions", body)).ShouldBeProblem(403, "FLAG_OVERRIDE_REFUSED");
    }

    /// <summary>A misspelling of an item's name that is understood, but not surely.</summary>
    private static async Task<string> DoubtfulWordsAsync(ApiClient client)
    {
        var menu = (await client.GetAsync("/api/v1/menu")).Json.GetProperty("menu");
        var names = menu.GetProperty("categories").EnumerateArray().SelectMany(category => category.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("name").GetString()!);
        foreach (var name in names)
        {
            foreach (var at in Enumerable.Range(1, name.Length - 2))
            {
                var words = string.Create(CultureInfo.InvariantCulture, $"{name[..at]}{name[(at + 1)..]}");
                if (await DecisionAsync(client, words) == "confirm")
                {
                    return words;
                }
            }
        }

        throw new InvalidOperationException("No misspelling is doubtful.");
    }

    private static async Task<string?> DecisionAsync(ApiClient client, string words)
    {
        var lines = (await client.PostAsync("/api/v1/parse-order", new { text = words })).ShouldBe(200).Json.GetProperty("lines");
        return lines.GetArrayLength() == 1 ? lines[0].GetProperty("decision").GetString() : null;
    }

    private static Task<ApiAnswer> PutAsync(ApiClient client, string name, object rule, long? version) => client.SendAsync(
        HttpMethod.Put, $"/api/v1/flags/{name}", new StringContent(JsonSerializer.Serialize(rule), Encoding.UTF8, "application/json"),
        version is null ? [] : [("If-Match", $"\"{version.Value.ToString(CultureInfo.InvariantCulture)}\"")]);
}
