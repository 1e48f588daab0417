using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Carts;

[Collection(SharedHost.Name)]
public sealed class SubmissionsTests(ApiHost host)
{
    [Fact]
    public async Task A_cart_becomes_the_order_that_was_reviewed()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.FilledSessionAsync();
        var cart = (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json;
        var answer = await staff.SubmitAsync(sessionId, "review-1", new { cartVersion = cart.GetProperty("version").GetInt64() });
        var order = answer.ShouldBe(201).Json;
        answer.Headers.ShouldNotContainKey("idempotency-replayed");
        answer.Headers["location"].ShouldEndWith($"/api/v1/orders/{order.GetProperty("orderId").GetString()}");
        order.GetProperty("lines").GetRawText().ShouldBe(cart.GetProperty("lines").GetRawText());
        order.GetProperty("total").GetRawText().ShouldBe(cart.GetProperty("total").GetRawText());
        order.GetProperty("status").GetString().ShouldBe("placed");
        order.GetProperty("number").GetString().ShouldNotBeNullOrEmpty();
        order.GetProperty("via").GetString().ShouldBe("click");
        order.GetProperty("sessionId").GetString().ShouldBe(sessionId);
        (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("orderId").GetString().ShouldBe(order.GetProperty("orderId").GetString());
        (await staff.PostAsync($"/api/v1/sessions/{sessionId}/cart/lines", new { itemId = (await staff.SimpleItemsAsync())[0] })).ShouldBeProblem(409, "CART_CLOSED");
    }

    [Fact]
    public async Task A_hundred_requests_with_one_key_place_one_order()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.FilledSessionAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => staff.SubmitAsync(sessionId, $"hundred-{sessionId}")));
        foreach (var refused in answers.Where(answer => answer.Status != 201))
        {
            refused.ShouldBeProblem(409, "SUBMISSION_IN_FLIGHT");
        }

        var orders = answers.Where(answer => answer.Status == 201).ToArray();
        orders.Select(answer => answer.Json.GetProperty("orderId").GetString()).Distinct().Count().ShouldBe(1);
        orders.Count(answer => !answer.Headers.ContainsKey("idempotency-replayed")).ShouldBe(1);
        (await OrdersOfAsync(staff, sessionId)).ShouldBe(1);
        (await staff.SubmitAsync(sessionId, $"hundred-{sessionId}")).ShouldBe(201).Headers["idempotency-replayed"].ShouldBe("true");
    }

    [Fact]
    public async Task A_hundred_requests_with_their_own_keys_for_one_cart_place_one_order()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.FilledSessionAsync();
        var version = (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("version").GetInt64();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => i % 2 == 0
            ? staff.SubmitAsync(sessionId, $"mixed-{sessionId}-{i}", new { cartVersion = version })
            : staff.SubmitAsync(sessionId, $"{sessionId}/{version}-{i}")));
        foreach (var answer in answers)
        {
            answer.ShouldBe(201);
        }

        answers.Select(answer => answer.Json.GetProperty("orderId").GetString()).Distinct().Count().ShouldBe(1);
        answers.Count(answer => !answer.Headers.ContainsKey("idempotency-replayed")).ShouldBe(1);
        (await OrdersOfAsync(staff, sessionId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_stays_with_its_first_request()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var first = await staff.FilledSessionAsync();
        var second = await staff.FilledSessionAsync();
        (await staff.SubmitAsync(first, $"reused-{first}")).ShouldBe(201);
        (await staff.SubmitAsync(second, $"reused-{first}")).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");
        (await OrdersOfAsync(staff, second)).ShouldBe(0);
        (await staff.SubmitAsync(second, $"own-{second}")).ShouldBe(201);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_ordered()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.FilledSessionAsync();
        var path = $"/api/v1/sessions/{sessionId}/submit";
        (await staff.PostAsync(path, null)).ShouldBeProblem(400, "IDEMPOTENCY_KEY_MISSING");
        (await staff.PostAsync(path, null, ("Idempotency-Key", new string('k', 256)))).ShouldBeProblem(400, "IDEMPOTENCY_KEY_INVALID");
        (await staff.PostAsync(path, null, ("Idempotency-Key", ""))).Status.ShouldBe(400);
        (await staff.PostAsync(path, new { cartVersion = 1 }, ("Idempotency-Key", "k"), ("If-Match", "\"2\""))).ShouldBeProblem(400, "BODY_INVALID");
        (await OrdersOfAsync(staff, sessionId)).ShouldBe(0);
    }

    [Fact]
    public async Task An_empty_cart_and_a_changed_cart_are_not_ordered()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var empty = await staff.OpenSessionAsync();
        (await staff.SubmitAsync(empty, $"empty-{empty}")).ShouldBeProblem(409, "CART_EMPTY");
        var changed = await staff.FilledSessionAsync();
        (await staff.SubmitAsync(changed, $"changed-{changed}", new { cartVersion = 999 })).ShouldBeProblem(412, "CART_VERSION_CONFLICT");
        (await staff.SubmitAsync(changed, $"again-{changed}")).ShouldBe(201);
    }

    [Fact]
    public async Task After_a_restart_the_same_key_gets_the_same_order()
    {
        var first = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            var staff = await first.LogInAsync("staff@demo-pizza");
            var sessionId = await staff.FilledSessionAsync();
            var order = (await staff.SubmitAsync(sessionId, "before-the-restart")).ShouldBe(201).Json.GetProperty("orderId").GetString();
            var waiting = await staff.FilledSessionAsync();
            await first.StopAsync();

            var second = await ApiHost.StartAsync(new ApiHostOptions { DataDirectory = first.DataDirectory });
            try
            {
                var again = await second.LogInAsync("staff@demo-pizza");
                var replay = (await again.SubmitAsync(sessionId, "before-the-restart")).ShouldBe(201);
                replay.Headers["idempotency-replayed"].ShouldBe("true");
                replay.Json.GetProperty("orderId").GetString().ShouldBe(order);
                (await again.SubmitAsync(waiting, "before-the-restart")).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");
                (await again.SubmitAsync(waiting, "after-the-restart")).ShouldBe(201);
                (await again.AllOrdersAsync()).Count.ShouldBe(2);
            }
            finally
            {
                await second.DisposeAsync();
            }
        }
        finally
        {
            await first.DisposeAsync();
        }
    }

    private static async Task<int> OrdersOfAsync(ApiClient client, string sessionId) =>
        (await client.AllOrdersAsync()).Count(order => order.GetProperty("sessionId").GetString() == sessionId);
}
