using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Events;

[Collection(SharedHost.Name)]
public sealed class KitchenEventsTests(ApiHost host)
{
    [Fact]
    public async Task An_order_and_its_moves_reach_the_board_at_once()
    {
        var staff = await host.LogInAsync("staff@demo-pizza");
        using var board = await (await host.LogInAsync("server@demo-pizza")).ListenAsync("/api/v1/orders/events");
        (await board.NextAsync("feed.ready")).Id.ShouldNotBeNullOrEmpty();

        var order = await staff.PlaceOrderAsync();
        var orderId = order.GetProperty("orderId").GetString();
        (await OfAsync(board, orderId, "order.placed")).Data.GetRawText().ShouldBe(order.GetRawText());

        var moved = (await staff.PostAsync($"/api/v1/orders/{orderId}/status", new { status = "accepted" })).ShouldBe(200).Json;
        (await OfAsync(board, orderId, "order.changed")).Data.GetRawText().ShouldBe(moved.GetRawText());
    }

    [Fact]
    public async Task A_board_that_was_away_gets_what_happened_meanwhile()
    {
        var staff = await host.LogInAsync("staff@demo-pizza");
        string? last;
        using (var board = await staff.ListenAsync("/api/v1/orders/events"))
        {
            last = (await board.NextAsync("feed.ready")).Id;
        }

        var missed = await staff.PlaceOrderAsync();
        using var again = await staff.ListenAsync("/api/v1/orders/events", last);
        var orderId = missed.GetProperty("orderId").GetString();
        (await OfAsync(again, orderId, "order.placed")).Data.GetRawText().ShouldBe(missed.GetRawText());
        var next = await staff.PlaceOrderAsync();
        await OfAsync(again, next.GetProperty("orderId").GetString(), "order.placed");
    }

    private static async Task<ReadEvent> OfAsync(EventReader board, string? orderId, string name)
    {
        // Other tests of the collection place orders in the same restaurant.
        while (true)
        {
            var next = await board.NextAsync(name, $"{name} of {orderId}");
            if (next.Data.GetProperty("orderId").GetString() == orderId)
            {
                return next;
            }
        }
    }
}
