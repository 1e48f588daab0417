using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Orders;

public sealed class TenancyTests
{
    [Fact]
    public async Task Three_users_of_three_restaurants_place_nine_orders_and_each_is_where_it_belongs()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            await host.AddThirdRestaurantAsync();
            string[] restaurants = ["demo-burger", "demo-pizza", ApiHost.ThirdRestaurant];
            foreach (var restaurant in restaurants)
            {
                foreach (var name in new[] { "ann", "bob", "cem" })
                {
                    await host.AddUserAsync($"{name}@{restaurant}", restaurant, "orders:create", "orders:read", "orders:write");
                }
            }

            var users = restaurants.SelectMany(restaurant => new[] { "ann", "bob", "cem" }.Select(name => (Restaurant: restaurant, Name: $"{name}@{restaurant}"))).ToArray();
            var feeds = new Dictionary<string, EventReader>();
            foreach (var restaurant in restaurants)
            {
                feeds[restaurant] = await (await host.LogInAsync($"ann@{restaurant}")).ListenAsync("/api/v1/orders/events");
                await feeds[restaurant].NextAsync("feed.ready", "feed.ready");
            }

            var placed = await Task.WhenAll(users.Select(async user =>
            {
                var order = await (await host.LogInAsync(user.Name)).PlaceOrderAsync();
                return (user.Restaurant, OrderId: order.GetProperty("orderId").GetString()!, Session: order.GetProperty("sessionId").GetString()!);
            }));

            foreach (var user in users)
            {
                var client = await host.LogInAsync(user.Name);
                (await client.AllOrdersAsync()).Select(order => order.GetProperty("orderId").GetString()!)
                    .ShouldBe(placed.Where(order => order.Restaurant == user.Restaurant).Select(order => order.OrderId), ignoreOrder: true);
                foreach (var foreign in placed.Where(order => order.Restaurant != user.Restaurant))
                {
                    (await client.GetAsync($"/api/v1/orders/{foreign.OrderId}")).ShouldBeProblem(404, "ORDER_UNKNOWN");
                    (await client.PostAsync($"/api/v1/orders/{foreign.OrderId}/status", new { status = "cancelled" })).ShouldBeProblem(404, "ORDER_UNKNOWN");
                    (await client.GetAsync($"/api/v1/sessions/{foreign.Session}")).ShouldBeProblem(404, "SESSION_UNKNOWN");
                    (await client.GetAsync($"/api/v1/sessions/{foreign.Session}/events")).ShouldBeProblem(404, "SESSION_UNKNOWN");
                }
            }

            foreach (var restaurant in restaurants)
            {
                var own = placed.Where(order => order.Restaurant == restaurant).Select(order => order.OrderId).ToList();
                var heard = new List<string>();
                for (var i = 0; i < own.Count; i++)
                {
                    heard.Add((await feeds[restaurant].NextAsync($"order {i + 1} of {restaurant}")).Data.GetProperty("orderId").GetString()!);
                }

                heard.ShouldBe(own, ignoreOrder: true);
                feeds[restaurant].Dispose();
            }
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
