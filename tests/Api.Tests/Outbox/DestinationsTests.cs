using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.TestKit.Receivers;

namespace VoiceOrdering.Api.Tests.Outbox;

/// <summary>Webhooks from their registration to the order at the point of sale, over HTTP.</summary>
public sealed class DestinationsTests : IAsyncLifetime, IAsyncDisposable
{
    private PosReceiver _pos = null!;
    private ApiHost _host = null!;
    private ApiClient _owner = null!;

    public async Task InitializeAsync()
    {
        _pos = new PosReceiver();
        await _pos.StartAsync();
        _host = await ApiHost.StartAsync(new ApiHostOptions());
        _owner = await _host.LogInAsync("owner@demo-burger");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _pos.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await _pos.DisposeAsync();

    [Fact]
    public async Task An_order_reaches_the_webhook_signed_with_the_secret_that_was_shown_once()
    {
        var added = (await _owner.PostAsync("/api/v1/destinations", new { kind = "pos", address = _pos.Url })).ShouldBe(201).Json;
        _pos.Secret = added.GetProperty("secret").GetString();
        _pos.Secret.ShouldStartWith("whsec_");
        var id = added.GetProperty("destinationId").GetString();
        (await _owner.GetAsync("/api/v1/destinations")).Text.ShouldNotContain("whsec_");
        (await _owner.PostAsync($"/api/v1/destinations/{id}/test", null)).ShouldBe(200).Json.GetProperty("delivered").GetBoolean().ShouldBeTrue();
        _pos.Seen.Single().Event.ShouldBe("test");

        var order = (await _owner.PlaceOrderAsync()).GetProperty("orderId").GetString()!;
        var seen = (await _pos.WaitAsync("the order", taken => taken.Count == 2))[1];
        (seen.Order, seen.IsSigned, seen.Restaurant).ShouldBe((order, true, "demo-burger"));
        (await _owner.PostAsync($"/api/v1/orders/{order}/status", new { status = "accepted" })).ShouldBe(200);
        (await _pos.WaitAsync("the change", taken => taken.Count == 3))[2].Body.GetProperty("status").GetString().ShouldBe("accepted");

        var rotated = (await _owner.PostAsync($"/api/v1/destinations/{id}/secret", null)).ShouldBe(200).Json;
        rotated.GetProperty("secret").GetString().ShouldNotBe(_pos.Secret);
        (await _owner.PostAsync($"/api/v1/destinations/{id}/test", null)).ShouldBe(200);
        _pos.Seen[^1].IsSigned.ShouldBeTrue("the old secret signs beside the new one");

        var deliveries = (await _owner.GetAsync($"/api/v1/deliveries?orderId={order}")).ShouldBe(200).Json.GetProperty("deliveries");
        deliveries.EnumerateArray().Select(delivery => delivery.GetProperty("kind").GetString()).ShouldBe(["order.status", "order.placed"]);
        var history = (await _owner.GetAsync($"/api/v1/orders/{order}/history")).ShouldBe(200).Json.GetProperty("steps");
        history.EnumerateArray().Select(step => $"{step.GetProperty("status").GetString()} {step.GetProperty("by").GetString()}").ShouldBe(["placed dev:owner@demo-burger", "accepted dev:owner@demo-burger"]);
    }

    [Fact]
    public async Task Dead_letters_are_listed_and_replayed()
    {
        _pos.Answer = (delivery, before) => delivery.Event == "order.placed" && before == 0 ? 410 : 200;
        var id = (await _owner.PostAsync("/api/v1/destinations", new { kind = "pos", address = _pos.Url })).ShouldBe(201).Json.GetProperty("destinationId").GetString();
        var order = (await _owner.PlaceOrderAsync()).GetProperty("orderId").GetString();
        (await _owner.PostAsync($"/api/v1/orders/{order}/status", new { status = "accepted" })).ShouldBe(200);
        // A change goes out only once what came before it is settled.
        var refused = (await _pos.WaitAsync("the refusal and the change", taken => taken.Count == 2))[0];
        var dead = (await _owner.GetAsync("/api/v1/deliveries?state=dead")).ShouldBe(200).Json.GetProperty("deliveries").EnumerateArray().Single();
        dead.GetProperty("deliveryId").GetString().ShouldBe(refused.DeliveryId);
        dead.GetProperty("lastError").GetString().ShouldBe("answered 410");

        (await _owner.PostAsync($"/api/v1/destinations/{id}/replay", null)).ShouldBe(200).Json.GetProperty("replayed").GetInt32().ShouldBe(1);

        (await _pos.WaitAsync("the replay", taken => taken.Count == 3))[2].DeliveryId.ShouldBe(refused.DeliveryId);
        var figures = (await _host.Stranger.GetAsync("/metrics")).ShouldBe(200).Text;
        figures.ShouldContain("outbox_attempts_total{channel=\"pos\",outcome=\"refused\"}");
        foreach (var figure in new[] { "outbox_pending", "outbox_dead", "outbox_oldest_pending_seconds" })
        {
            figures.ShouldContain($"# TYPE {figure} gauge");
        }

        foreach (var (query, parameter) in new[] { ("limit=0", "limit"), ("limit=201", "limit"), ("cursor=garbage", "cursor"), ("state=dead&state=pending", "state"), ($"orderId={new string('x', 600)}", "orderId") })
        {
            (await _owner.GetAsync($"/api/v1/deliveries?{query}")).ShouldBeProblem(400, "PARAMETER_INVALID").GetProperty("parameter").GetString().ShouldBe(parameter);
        }

        (await _owner.GetAsync("/api/v1/deliveries?state=lost")).ShouldBeProblem(400, "PARAMETER_INVALID");
        (await _owner.PostAsync("/api/v1/deliveries/nothing/replay", null)).ShouldBeProblem(404, "DELIVERY_UNKNOWN");
    }

    [Theory]
    [InlineData("""{"kind":"pos"}""", 400, "BODY_INVALID")]
    [InlineData("""{"address":"https://pos.example.com/"}""", 400, "BODY_INVALID")]
    [InlineData("""{"kind":"fax","address":"1"}""", 400, "BODY_INVALID")]
    [InlineData("""{"kind":"pos","address":"ftp://pos.example.com/"}""", 422, "DESTINATION_INVALID")]
    [InlineData("""{"kind":"telegram","address":"my friends"}""", 422, "DESTINATION_INVALID")]
    public async Task A_destination_that_cannot_be_one_is_refused(string body, int status, string code) =>
        (await _owner.PostAsync("/api/v1/destinations", new StringContent(body, null, "application/json"))).ShouldBeProblem(status, code);

    [Fact]
    public async Task A_restaurant_has_so_many_destinations_and_no_say_about_those_of_others()
    {
        var ids = new List<string>();
        for (var destination = 0; destination < 5; destination++)
        {
            ids.Add((await _owner.PostAsync("/api/v1/destinations", new { kind = "telegram", address = $"{destination + 1}0" })).ShouldBe(201).Json.GetProperty("destinationId").GetString()!);
        }

        (await _owner.PostAsync("/api/v1/destinations", new { kind = "telegram", address = "99" })).ShouldBeProblem(409, "DESTINATIONS_EXHAUSTED");
        (await _owner.PostAsync($"/api/v1/destinations/{ids[0]}/secret", null)).ShouldBeProblem(409, "DESTINATION_UNSIGNED");
        (await _owner.PatchAsync($"/api/v1/destinations/{ids[0]}", new { kind = "pos" })).ShouldBeProblem(422, "DESTINATION_INVALID");
        (await _owner.PatchAsync($"/api/v1/destinations/{ids[0]}", new { enabled = false })).ShouldBe(200).Json.GetProperty("enabled").GetBoolean().ShouldBeFalse();

        var stranger = await _host.LogInAsync("owner@demo-pizza");
        (await stranger.GetAsync("/api/v1/destinations")).Text.ShouldBe("[]");
        (await stranger.PatchAsync($"/api/v1/destinations/{ids[0]}", new { enabled = true })).ShouldBeProblem(404, "DESTINATION_UNKNOWN");
        (await stranger.DeleteAsync($"/api/v1/destinations/{ids[0]}")).ShouldBeProblem(404, "DESTINATION_UNKNOWN");
        (await stranger.PostAsync($"/api/v1/destinations/{ids[0]}/test", null)).ShouldBeProblem(404, "DESTINATION_UNKNOWN");
        (await stranger.PostAsync($"/api/v1/destinations/{ids[0]}/replay", null)).ShouldBeProblem(404, "DESTINATION_UNKNOWN");
        (await _owner.DeleteAsync($"/api/v1/destinations/{ids[0]}")).ShouldBe(204);
        var staff = await _host.LogInAsync("staff@demo-burger");
        (await staff.GetAsync("/api/v1/destinations")).ShouldBeProblem(403, "SCOPE_MISSING");
    }

    [Fact]
    public async Task Operators_see_and_replay_the_dead_letters_of_all_and_staff_only_theirs()
    {
        _pos.Answer = (delivery, _) => delivery.Event == "order.placed" ? 410 : 200;
        var destination = (await _owner.PostAsync("/api/v1/destinations", new { kind = "pos", address = _pos.Url })).ShouldBe(201).Json.GetProperty("destinationId").GetString();
        for (var order = 0; order < 3; order++)
        {
            var id = (await _owner.PlaceOrderAsync()).GetProperty("orderId").GetString();
            (await _owner.PostAsync($"/api/v1/orders/{id}/status", new { status = "accepted" })).ShouldBe(200);
        }

        // A change goes out only once the refusal of its order was written down.
        await _pos.WaitAsync("three orders and their changes", taken => taken.Count == 6);
        var dead = await DeadAsync();
        var stranger = await _host.LogInAsync("owner@demo-pizza");
        (await stranger.GetAsync("/api/v1/deliveries?state=dead")).ShouldBe(200).Json.GetProperty("deliveries").GetArrayLength().ShouldBe(0);
        (await stranger.PostAsync($"/api/v1/deliveries/{dead[0]}/replay", null)).ShouldBeProblem(404, "DELIVERY_UNKNOWN");
        (await stranger.GetAsync("/api/v1/ops/deliveries")).ShouldBeProblem(403, "SCOPE_MISSING");
        (await stranger.PostAsync($"/api/v1/ops/deliveries/{dead[0]}/replay", null)).ShouldBeProblem(403, "SCOPE_MISSING");
        (await stranger.PostAsync($"/api/v1/ops/destinations/{destination}/replay", null)).ShouldBeProblem(403, "SCOPE_MISSING");
        (await _host.Stranger.GetAsync("/api/v1/ops/deliveries")).ShouldBeProblem(401, "TOKEN_MISSING");

        var ops = await _host.LogInAsync("ops@platform");
        (await ops.GetAsync("/api/v1/ops/deliveries?restaurantId=demo-pizza")).ShouldBe(200).Json.GetProperty("deliveries").GetArrayLength().ShouldBe(0);
        _pos.Answer = (_, _) => 200;
        (await ops.PostAsync($"/api/v1/ops/deliveries/{dead[1]}/replay", null)).ShouldBe(200).Json.GetProperty("replayed").GetInt32().ShouldBe(1);
        (await _pos.WaitAsync("the replay", taken => taken.Count == 7))[6].DeliveryId.ShouldBe(dead[1]);
        (await ops.PostAsync($"/api/v1/ops/destinations/{destination}/replay", null)).ShouldBe(200).Json.GetProperty("replayed").GetInt32().ShouldBe(2);
        (await _pos.WaitAsync("the rest", taken => taken.Count == 9)).Skip(6).Select(delivery => delivery.DeliveryId).Distinct().Count().ShouldBe(3);
        (await ops.PostAsync("/api/v1/ops/destinations/dst_x/replay", null)).ShouldBeProblem(404, "DESTINATION_UNKNOWN");
        (await ops.PostAsync("/api/v1/ops/deliveries/x/replay", null)).ShouldBeProblem(404, "DELIVERY_UNKNOWN");

        var replayed = await _host.Services.GetRequiredService<IAuditLog>().ListAsync(new AuditQuery("demo-burger", dead[1], null, 10), default);
        replayed.Select(row => $"{row.Action} {row.By}").ShouldBe(["delivery.replayed dev:ops@platform"], "the restaurant sees what operators do");
        (await _owner.DeleteAsync($"/api/v1/destinations/{destination}")).ShouldBe(204);
        (await _owner.PostAsync($"/api/v1/deliveries/{dead[0]}/replay", null)).ShouldBeProblem(409, "DESTINATION_GONE");
        var audit = await _host.Services.GetRequiredService<IAuditLog>().ListAsync(new AuditQuery("demo-burger", destination, null, 10), default);
        audit.Select(row => $"{row.Action} {row.By}").ShouldBe(["destination.removed dev:owner@demo-burger", "destination.replayed dev:ops@platform", "destination.added dev:owner@demo-burger"]);
    }

    /// <summary>Ids of the dead letters, read page by page.</summary>
    private async Task<IReadOnlyList<string>> DeadAsync()
    {
        var ids = new List<string>();
        var cursor = "";
        do
        {
            var page = (await _owner.GetAsync($"/api/v1/deliveries?state=dead&limit=2&cursor={cursor}")).ShouldBe(200).Json;
            ids.AddRange(page.GetProperty("deliveries").EnumerateArray().Select(delivery => delivery.GetProperty("deliveryId").GetString()!));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        ids.Distinct().Count().ShouldBe(ids.Count);
        return ids;
    }
}
