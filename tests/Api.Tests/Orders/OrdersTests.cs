using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Orders;

[Collection(SharedHost.Name)]
public sealed class OrdersTests(ApiHost host)
{
    [Fact]
    public async Task An_order_moves_through_its_states()
    {
        var staff = await host.LogInAsync("staff@demo-pizza");
        var order = await staff.PlaceOrderAsync();
        var path = $"/api/v1/orders/{order.GetProperty("orderId").GetString()}";
        var version = order.GetProperty("version").GetInt64();
        foreach (var status in new[] { "accepted", "preparing", "ready", "completed" })
        {
            var moved = (await staff.PostAsync($"{path}/status", new { status })).ShouldBe(200).Json;
            moved.GetProperty("status").GetString().ShouldBe(status);
            moved.GetProperty("version").GetInt64().ShouldBeGreaterThan(version);
            version = moved.GetProperty("version").GetInt64();
        }

        (await staff.PostAsync($"{path}/status", new { status = "completed" })).ShouldBe(200).Json.GetProperty("version").GetInt64().ShouldBe(version);
        (await staff.PostAsync($"{path}/status", new { status = "placed" })).ShouldBeProblem(409, "TRANSITION_INVALID");
        (await staff.GetAsync(path)).ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("completed");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"status":"eaten"}""")]
    [InlineData("""{"status":1}""")]
    public async Task A_status_must_be_one_of_the_table(string body)
    {
        var staff = await host.LogInAsync("staff@demo-pizza");
        (await staff.PostAsync("/api/v1/orders/ord_x/status", new StringContent(body, null, "application/json"))).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged_without_loss()
    {
        var own = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            var staff = await own.LogInAsync("staff@demo-burger");
            var placed = new List<string>();
            for (var i = 0; i < 16; i++)
            {
                placed.Add((await staff.PlaceOrderAsync()).GetProperty("orderId").GetString()!);
            }

            await staff.PostAsync($"/api/v1/orders/{placed[3]}/status", new { status = "accepted" });
            await staff.PostAsync($"/api/v1/orders/{placed[5]}/status", new { status = "cancelled" });
            var all = await staff.AllOrdersAsync();
            all.Select(order => order.GetProperty("orderId").GetString()!).ShouldBe(placed.AsEnumerable().Reverse());
            all.Select(order => order.GetProperty("number").GetString()).Distinct().Count().ShouldBe(16);

            (await IdsAsync(staff, "status=accepted")).ShouldBe([placed[3]]);
            (await IdsAsync(staff, "status=accepted,cancelled")).ShouldBe([placed[5], placed[3]]);
            (await IdsAsync(staff, "status=accepted&status=cancelled")).ShouldBe([placed[5], placed[3]]);
            (await IdsAsync(staff, "since=2999-01-01T00:00:00Z")).ShouldBeEmpty();
            (await IdsAsync(staff, "since=2020-01-01T00:00:00Z&limit=200")).Count.ShouldBe(16);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("status=eaten", "status")]
    [InlineData("since=yesterday", "since")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=%00%01garbage", "cursor")]
    public async Task Wrong_parameters_are_named(string query, string parameter)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.GetAsync($"/api/v1/orders?{query}")).ShouldBeProblem(400, "PARAMETER_INVALID").GetProperty("parameter").GetString().ShouldBe(parameter);
    }

    [Fact]
    public async Task An_order_of_another_restaurant_is_not_there()
    {
        var order = await (await host.LogInAsync("staff@demo-burger")).PlaceOrderAsync();
        var path = $"/api/v1/orders/{order.GetProperty("orderId").GetString()}";
        var other = await host.LogInAsync("owner@demo-pizza");
        (await other.GetAsync(path)).ShouldBeProblem(404, "ORDER_UNKNOWN");
        (await other.PostAsync($"{path}/status", new { status = "cancelled" })).ShouldBeProblem(404, "ORDER_UNKNOWN");
        (await other.GetAsync("/api/v1/orders/ord_0123456789abcdefghijklmnop")).ShouldBeProblem(404, "ORDER_UNKNOWN");
        (await (await host.LogInAsync("staff@demo-burger")).GetAsync(path)).ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("placed");
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(ApiClient client, string query) =>
        [.. (await client.GetAsync($"/api/v1/orders?{query}")).ShouldBe(200).Json.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("orderId").GetString()!)];
}
