using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Tests.Storage;
using VoiceOrdering.TestKit.Receivers;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>Order events on their way to a point of sale on a real socket.</summary>
public sealed class OutboxSenderTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly RestaurantId s_burger = new("demo-burger");
    private static readonly RestaurantId s_pizza = new("demo-pizza");

    private readonly OutboxStage _stage = new();
    private readonly PosReceiver _pos = new() { Secret = "secret-demo-burger" };

    private bool _isDisposed;

    public Task InitializeAsync() => _pos.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _pos.DisposeAsync();
        await _stage.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A_placed_order_is_sent_at_once_signed_and_once()
    {
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.StartAsync();
        await PlaceAsync(1);

        var seen = (await _pos.WaitAsync("the order", taken => taken.Count == 1)).Single();

        (seen.DeliveryId, seen.Event, seen.Restaurant, seen.Order, seen.IsSigned, seen.Attempt).ShouldBe(("ord_1-v1.dst-demo-burger-Pos", "order.placed", "demo-burger", "ord_1", true, 1));
        seen.Body.GetProperty("total").GetProperty("amountMinor").GetInt64().ShouldBe(4326);
        seen.Body.GetProperty("number").GetString().ShouldBe("001");
        await StateAsync(DeliveryState.Delivered, 1);
    }

    [Fact]
    public async Task A_receiver_that_fails_gets_the_same_delivery_again()
    {
        int[] answers = [500, 0, 429, 204];
        _pos.Answer = (_, before) => answers[before];
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.StartAsync();
        await PlaceAsync(1);

        var seen = await _pos.WaitAsync("the fourth attempt", taken => taken.Count == 4);

        seen.Select(delivery => delivery.Attempt).ShouldBe([1, 2, 3, 4]);
        seen.Select(delivery => delivery.DeliveryId).Distinct().Count().ShouldBe(1);
        seen.ShouldAllBe(delivery => delivery.IsSigned);
        await StateAsync(DeliveryState.Delivered, 1);
    }

    [Fact]
    public async Task What_is_refused_is_a_dead_letter_until_somebody_replays_it()
    {
        _pos.Answer = (_, before) => before == 0 ? 400 : 200;
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.StartAsync();
        await PlaceAsync(1);
        var dead = (await StateAsync(DeliveryState.Dead, 1)).Single();
        dead.LastError.ShouldBe("answered 400");

        (await _stage.Outbox.ReplayAsync("demo-pizza", dead.DeliveryId, default)).ShouldBe((ReplayOutcome.Unknown, ""), "another restaurant's");
        (await _stage.Outbox.ReplayAsync("demo-burger", dead.DeliveryId, default)).ShouldBe((ReplayOutcome.Replayed, "demo-burger"));
        _stage.Wake();

        (await _pos.WaitAsync("the replay", taken => taken.Count == 2))[1].DeliveryId.ShouldBe(dead.DeliveryId);
        await StateAsync(DeliveryState.Delivered, 1);
    }

    [Theory]
    [InlineData(302), InlineData(404), InlineData(410), InlineData(413)]
    public async Task What_will_not_work_is_not_tried_again(int answer)
    {
        _pos.Answer = (_, _) => answer;
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.StartAsync();
        await PlaceAsync(1);

        var dead = (await StateAsync(DeliveryState.Dead, 1)).Single();

        (dead.LastError, dead.Attempts).ShouldBe(($"answered {answer}", 1));
        _pos.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_of_an_order_waits_for_the_order()
    {
        _pos.Answer = (delivery, before) => delivery.Event == "order.placed" && before < 2 ? 503 : 200;
        await _stage.AddAsync("demo-burger", _pos.Url);
        await PlaceAsync(1);
        await _stage.Orders.ChangeStatusAsync(new StatusChange(s_burger, new OrderId("ord_1"), OrderStatus.Accepted, 1, "staff", TimeProvider.System.GetUtcNow()), default).InTimeAsync();
        await PlaceAsync(2);
        await _stage.StartAsync();

        var taken = await _pos.WaitAsync("both orders and the change", seen => seen.Count(delivery => delivery.Status == 200) == 3);

        taken.Where(delivery => delivery.Order == "ord_1").Select(delivery => $"{delivery.Event} {delivery.Status}")
            .ShouldBe(["order.placed 503", "order.placed 503", "order.placed 200", "order.status 200"]);
    }

    [Fact]
    public async Task A_dead_point_of_sale_holds_up_nobody_else()
    {
        await using var stalled = new PosReceiver { Answer = (_, _) => -1 };
        await stalled.StartAsync();
        await _stage.AddAsync("demo-pizza", stalled.Url);
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.StartAsync();
        for (var order = 1; order <= 20; order++)
        {
            await PlaceAsync(order, s_pizza);
        }

        await stalled.WaitAsync("as many as it may have", seen => seen.Count == _stage.Settings.PerDestination);
        await PlaceAsync(100);

        await _pos.WaitAsync("the other restaurant's order", seen => seen.Count == 1);
        stalled.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_point_of_sale_that_comes_back_gets_everything_it_missed()
    {
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _pos.StopAsync();
        await _stage.StartAsync();
        for (var order = 1; order <= 20; order++)
        {
            await PlaceAsync(order);
        }

        await _stage.UntilAsync("five failures", async () => (await _stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", DeliveryState.Pending, null, 200), default)).Sum(delivery => delivery.Attempts) >= 5);
        await _pos.StartAsync();

        await _pos.WaitAsync("all orders", seen => seen.Select(delivery => delivery.Order).Distinct().Count() == 20);
        await StateAsync(DeliveryState.Delivered, 20);
    }

    [Fact]
    public async Task What_was_sent_but_not_marked_goes_out_again_under_its_id()
    {
        await _stage.AddAsync("demo-burger", _pos.Url);
        await PlaceAsync(1);
        var amnesia = new ForgettingOutbox(_stage.Outbox);
        await _stage.StartAsync(amnesia);
        await _pos.WaitAsync("the first time", seen => seen.Count == 1);
        await amnesia.Forgot;
        await _stage.StopAsync();

        await _stage.StartAsync();

        var seen = await _pos.WaitAsync("the second time", taken => taken.Count == 2);
        seen[1].DeliveryId.ShouldBe(seen[0].DeliveryId);
        await StateAsync(DeliveryState.Delivered, 1);
    }

    [Fact]
    public async Task A_sender_that_is_stopped_gives_back_what_it_holds()
    {
        _pos.Answer = (_, before) => before == 0 ? -1 : 200;
        await _stage.AddAsync("demo-burger", _pos.Url);
        await PlaceAsync(1);
        await _stage.StartAsync();
        await _pos.WaitAsync("the attempt that stalls", seen => seen.Count == 1);
        await _stage.StopAsync();

        var pending = (await StateAsync(DeliveryState.Pending, 1)).Single();
        pending.Attempts.ShouldBe(0, "an attempt that we gave up says nothing about the receiver");
        await _stage.StartAsync();
        await _pos.WaitAsync("the attempt after the restart", seen => seen.Count == 2);
    }

    [Fact]
    public async Task A_destination_that_is_removed_leaves_dead_letters_and_one_that_is_off_waits()
    {
        var destination = await _stage.AddAsync("demo-burger", _pos.Url);
        await PlaceAsync(1);
        await _stage.Destinations.ChangeAsync(destination with { IsEnabled = false }, default);
        await _stage.StartAsync();
        await PlaceAsync(2);
        (await StateAsync(DeliveryState.Pending, 1)).Single().OrderId.ShouldBe("ord_1", "the second order came when it was off");
        (await _stage.Destinations.RemoveAsync("demo-pizza", destination.Id, default)).ShouldBeFalse();
        (await _stage.Destinations.RemoveAsync("demo-burger", destination.Id, default)).ShouldBeTrue();

        (await StateAsync(DeliveryState.Dead, 1)).Single().LastError.ShouldBe("the destination was removed");
        _pos.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_secret_is_replaced_both_sign_and_secrets_are_not_kept_in_the_clear()
    {
        var destination = await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.Destinations.RotateAsync(destination with { Secrets = ["new", "secret-demo-burger"], PreviousSecretUntil = TimeProvider.System.GetUtcNow().AddHours(1) }, default);
        await _stage.StartAsync();
        await PlaceAsync(1);
        (await _pos.WaitAsync("the order", seen => seen.Count == 1))[0].IsSigned.ShouldBeTrue("the old secret still signs");

        await _stage.Destinations.RotateAsync(destination with { Secrets = ["new", "secret-demo-burger"], PreviousSecretUntil = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, default);
        await PlaceAsync(2);
        (await _pos.WaitAsync("the second order", seen => seen.Count == 2))[1].IsSigned.ShouldBeFalse("the old secret is over");
        _pos.Seen.Select(delivery => delivery.Signature.Split(",v1=").Length - 1).ShouldBe([2, 1]);
        (await _stage.StoredSecretsAsync()).ShouldNotContain(stored => stored.Contains("new", StringComparison.Ordinal) || stored.Contains("secret-", StringComparison.Ordinal));
    }

    private Task<PlaceResult> PlaceAsync(int number, RestaurantId? restaurant = null) => _stage.Orders.PlaceAsync(
        OrderStoreConformance.Placement(number, origin: new(Restaurant: restaurant ?? s_burger, At: TimeProvider.System.GetUtcNow())), default).InTimeAsync();

    /// <summary>The deliveries in a state, once there are as many.</summary>
    private async Task<IReadOnlyList<DeliveryRecord>> StateAsync(DeliveryState state, int count)
    {
        IReadOnlyList<DeliveryRecord> found = [];
        await _stage.UntilAsync($"{count} deliveries {state}", async () => (found = await _stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", state, null, 200), default)).Count == count);
        return found;
    }
}
