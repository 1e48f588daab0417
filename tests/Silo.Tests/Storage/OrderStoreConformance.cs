using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What every order store must do; a class for each implementation derives from it.</summary>
public abstract class OrderStoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly RestaurantId Burger = new("demo-burger");
    private static readonly RestaurantId Pizza = new("demo-pizza");

    protected abstract IOrderStore Store { get; }

    /// <summary>Undelivered outbox rows as (delivery id, kind, order id), oldest first.</summary>
    protected abstract Task<IReadOnlyList<(string DeliveryId, string Kind, string Order)>> OutboxAsync();

    /// <summary>Audit rows as (subject, action, target), oldest first.</summary>
    protected abstract Task<IReadOnlyList<(string Subject, string Action, string Target)>> AuditAsync();

    [DatabaseFact]
    public async Task A_placed_order_is_found_as_it_was_placed()
    {
        var placement = Placement(1);
        var placed = await PlaceAsync(placement);
        placed.Kind.ShouldBe(PlaceResultKind.Placed);
        WireJson.Write(placed.Order).ShouldBe(WireJson.Write(placement.Order with { Number = "001", Version = 1 }));
        WireJson.Write(await Store.FindAsync(Burger, placement.Order.Id, default).InTimeAsync()).ShouldBe(WireJson.Write(placed.Order));
        var submission = await Store.FindSubmissionAsync(Burger, "key-1", default).InTimeAsync();
        submission.ShouldNotBeNull();
        submission.Fingerprint.ShouldBe("print-1");
        submission.Order.Id.ShouldBe(placed.Order.Id);
        (await OutboxAsync()).ShouldBe([("ord_1-v1", "order.placed", "ord_1")]);
        (await AuditAsync()).ShouldBe([("user-1", "order.placed", "ord_1")]);
    }

    [DatabaseFact]
    public async Task A_hundred_submissions_with_one_key_make_one_order()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => PlaceAsync(Placement(i + 1, key: "key", print: "print", origin: new(Session: $"ses_{i}"))))).InTimeAsync();
        results.Count(r => r.Kind == PlaceResultKind.Placed).ShouldBe(1);
        results.Count(r => r.Kind == PlaceResultKind.Replayed).ShouldBe(99);
        results.Select(r => r.Order.Id).Distinct().Count().ShouldBe(1);
        (await ListAsync(new OrderQuery(Burger, [], null, 200, null))).Orders.Count.ShouldBe(1);
        (await OutboxAsync()).Count.ShouldBe(1);
    }

    [DatabaseFact]
    public async Task The_order_of_a_session_is_found_with_its_cart_version_by_its_restaurant_only()
    {
        var placed = await PlaceAsync(Placement(1, origin: new(Session: "ses_a", CartVersion: 7)));
        var found = await Store.FindOfSessionAsync(Burger, new SessionId("ses_a"), default).InTimeAsync();
        (found!.Order.Id, found.Order.Number, found.CartVersion).ShouldBe((placed.Order.Id, placed.Order.Number, 7));
        (await Store.FindOfSessionAsync(Pizza, new SessionId("ses_a"), default).InTimeAsync()).ShouldBeNull();
        (await Store.FindOfSessionAsync(Burger, new SessionId("ses_b"), default).InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task A_hundred_submissions_of_one_session_make_one_order_whatever_version_the_cart_has()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => PlaceAsync(Placement(i + 1, key: $"key-{i}", origin: new(Session: "ses", CartVersion: 4 + (i % 3)))))).InTimeAsync();
        results.Count(r => r.Kind == PlaceResultKind.Placed).ShouldBe(1);
        results.Count(r => r.Kind == PlaceResultKind.Replayed).ShouldBe(99);
        results.Select(r => r.Order.Number).Distinct().ShouldBe(["001"]);
        (await OutboxAsync()).Count.ShouldBe(1);
    }

    [DatabaseFact]
    public async Task The_same_key_with_another_payload_writes_nothing()
    {
        var first = await PlaceAsync(Placement(1, key: "key", print: "one"));
        var reused = await PlaceAsync(Placement(2, key: "key", print: "two"));
        reused.Kind.ShouldBe(PlaceResultKind.KeyReused);
        reused.Order.Id.ShouldBe(first.Order.Id);
        (await Store.FindAsync(Burger, new OrderId("ord_2"), default).InTimeAsync()).ShouldBeNull();
        (await AuditAsync()).Count.ShouldBe(1);
    }

    [DatabaseFact]
    public async Task Another_key_of_a_stored_order_is_kept_up_to_the_limit()
    {
        var placed = Placement(1, key: "first", print: "one");
        await PlaceAsync(placed);
        (await Store.RememberKeyAsync(placed with { IdempotencyKey = "second" }, 2, default).InTimeAsync()).ShouldBe(PlaceResultKind.Replayed);
        (await Store.RememberKeyAsync(placed with { IdempotencyKey = "second" }, 2, default).InTimeAsync()).ShouldBe(PlaceResultKind.Replayed);
        (await Store.RememberKeyAsync(placed with { IdempotencyKey = "second", Fingerprint = "two" }, 2, default).InTimeAsync()).ShouldBe(PlaceResultKind.KeyReused);
        (await Store.RememberKeyAsync(placed with { IdempotencyKey = "third" }, 2, default).InTimeAsync()).ShouldBe(PlaceResultKind.KeysExhausted);
        (await PlaceAsync(Placement(2, key: "second", print: "two"))).Kind.ShouldBe(PlaceResultKind.KeyReused);
        (await Store.FindSubmissionAsync(Burger, "third", default).InTimeAsync()).ShouldBeNull();
        (await OutboxAsync()).Count.ShouldBe(1);
    }

    [DatabaseFact]
    public async Task Keys_are_forgotten_after_their_time_and_orders_stay()
    {
        await PlaceAsync(Placement(1, origin: new(At: Noon)));
        await PlaceAsync(Placement(2, origin: new(At: Noon.AddHours(1))));
        await PlaceAsync(Placement(3, origin: new(At: Noon.AddHours(2))));

        (await Store.PurgeSubmissionsAsync(Noon.AddHours(2), 1, default).InTimeAsync()).ShouldBe(1);
        (await Store.PurgeSubmissionsAsync(Noon.AddHours(2), 10, default).InTimeAsync()).ShouldBe(1);
        (await Store.PurgeSubmissionsAsync(Noon.AddHours(2), 10, default).InTimeAsync()).ShouldBe(0);

        (await Store.FindSubmissionAsync(Burger, "key-1", default).InTimeAsync()).ShouldBeNull();
        (await Store.FindSubmissionAsync(Burger, "key-3", default).InTimeAsync()).ShouldNotBeNull();
        (await ListAsync(new OrderQuery(Burger, [], null, 200, null))).Orders.Count.ShouldBe(3);
        (await PlaceAsync(Placement(1, origin: new(At: Noon)))).Kind.ShouldBe(PlaceResultKind.Replayed, "the cart's version still knows its order");
    }

    [DatabaseFact]
    public async Task A_replay_after_a_status_change_returns_the_order_as_it_stands()
    {
        await PlaceAsync(Placement(1));
        await Store.ChangeStatusAsync(new StatusChange(Burger, new OrderId("ord_1"), OrderStatus.Accepted, 1, "staff", Noon.AddMinutes(1)), default).InTimeAsync();
        var replay = await PlaceAsync(Placement(1));
        replay.Kind.ShouldBe(PlaceResultKind.Replayed);
        replay.Order.Status.ShouldBe(OrderStatus.Accepted);
    }

    [DatabaseFact]
    public async Task Keys_and_orders_of_one_restaurant_are_nothing_to_another()
    {
        await PlaceAsync(Placement(1, key: "key"));
        (await PlaceAsync(Placement(2, key: "key", print: "other", origin: new(Restaurant: Pizza)))).Kind.ShouldBe(PlaceResultKind.Placed);
        (await Store.FindAsync(Pizza, new OrderId("ord_1"), default).InTimeAsync()).ShouldBeNull();
        (await Store.FindSubmissionAsync(Pizza, "key", default).InTimeAsync())!.Order.Id.ShouldBe(new OrderId("ord_2"));
        (await ListAsync(new OrderQuery(Pizza, [], null, 200, null))).Orders.Select(o => o.Id.Value).ShouldBe(["ord_2"]);
        (await Store.ChangeStatusAsync(new StatusChange(Pizza, new OrderId("ord_1"), OrderStatus.Cancelled, 1, "thief", Noon), default).InTimeAsync()).ShouldBeNull();
        (await Store.FindAsync(Burger, new OrderId("ord_1"), default).InTimeAsync())!.Status.ShouldBe(OrderStatus.Placed);
    }

    [DatabaseFact]
    public async Task Numbers_count_up_by_restaurant_and_day()
    {
        var first = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => PlaceAsync(Placement(i)))).InTimeAsync();
        first.Select(r => r.Order.Number).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 12).Select(i => i.ToString("000", null)));
        (await PlaceAsync(Placement(20, origin: new(Restaurant: Pizza)))).Order.Number.ShouldBe("001");
        (await PlaceAsync(Placement(21, origin: new(At: Noon.AddDays(1))))).Order.Number.ShouldBe("001");
        (await PlaceAsync(Placement(22))).Order.Number.ShouldBe("013");
    }

    [DatabaseFact]
    public async Task A_status_change_needs_the_version_it_was_decided_on()
    {
        await PlaceAsync(Placement(1));
        var order = new OrderId("ord_1");
        var race = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Store.ChangeStatusAsync(new StatusChange(Burger, order, OrderStatus.Accepted, 1, "staff", Noon.AddMinutes(2)), default))).InTimeAsync();
        race.Count(r => r is not null).ShouldBe(1);
        var changed = race.Single(r => r is not null)!;
        (changed.Status, changed.Version, changed.ChangedAt, changed.PlacedAt).ShouldBe((OrderStatus.Accepted, 2L, Noon.AddMinutes(2), Noon));
        (await OutboxAsync()).ShouldBe([("ord_1-v1", "order.placed", "ord_1"), ("ord_1-v2", "order.status", "ord_1")]);
        (await AuditAsync()).ShouldBe([("user-1", "order.placed", "ord_1"), ("staff", "order.status", "ord_1")]);
    }

    [DatabaseFact]
    public async Task An_order_in_two_currencies_is_a_caller_mistake()
    {
        var placement = Placement(1);
        var mixed = placement with { Order = placement.Order with { Tax = new Money(1, "EUR") } };
        await Should.ThrowAsync<ArgumentException>(async () => await Store.PlaceAsync(mixed, default));
    }

    [DatabaseFact]
    public async Task Pages_go_on_where_the_last_one_ended_while_orders_come_in()
    {
        // Two orders share each instant, so the order id decides between them.
        for (var i = 1; i <= 25; i++)
        {
            await PlaceAsync(Placement(i, origin: new(At: Noon.AddMinutes(i / 2))));
        }
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ListAsync(new OrderQuery(Burger, [], null, 10, cursor));
            seen.AddRange(page.Orders.Select(o => o.Id.Value));
            cursor = page.NextCursor;
            await PlaceAsync(Placement(100 + seen.Count, origin: new(At: Noon.AddHours(1))));
        }
        while (cursor is not null);
        seen.ShouldBe(Enumerable.Range(1, 25).OrderByDescending(i => i / 2).ThenByDescending(i => $"ord_{i}", StringComparer.Ordinal).Select(i => $"ord_{i}"));
    }

    [DatabaseFact]
    public async Task Listing_filters_by_status_and_by_change()
    {
        for (var i = 1; i <= 4; i++)
        {
            await PlaceAsync(Placement(i, origin: new(At: Noon.AddMinutes(i))));
        }
        await Store.ChangeStatusAsync(new StatusChange(Burger, new OrderId("ord_1"), OrderStatus.Accepted, 1, "staff", Noon.AddHours(1)), default).InTimeAsync();
        await Store.ChangeStatusAsync(new StatusChange(Burger, new OrderId("ord_2"), OrderStatus.Cancelled, 1, "staff", Noon.AddMinutes(2)), default).InTimeAsync();

        (await NamesAsync(new OrderQuery(Burger, [OrderStatus.Placed], null, 10, null))).ShouldBe(["ord_4", "ord_3"]);
        (await NamesAsync(new OrderQuery(Burger, [OrderStatus.Accepted, OrderStatus.Cancelled], null, 10, null))).ShouldBe(["ord_2", "ord_1"]);
        (await NamesAsync(new OrderQuery(Burger, [], Noon.AddMinutes(4), 10, null))).ShouldBe(["ord_4", "ord_1"]);
        (await NamesAsync(new OrderQuery(Burger, [OrderStatus.Accepted], Noon.AddHours(1), 10, null))).ShouldBe(["ord_1"]);
        (await NamesAsync(new OrderQuery(Burger, [OrderStatus.Completed], null, 10, null))).ShouldBeEmpty();
    }

    [DatabaseFact]
    public async Task A_bad_limit_or_cursor_is_a_caller_mistake()
    {
        foreach (var (limit, cursor) in new (int, string?)[] { (0, null), (201, null), (10, "no cursor"), (10, "YWJj") })
        {
            await Should.ThrowAsync<ArgumentException>(async () => await Store.ListAsync(new OrderQuery(Burger, [], null, limit, cursor), default), $"{limit} {cursor}");
        }
    }

    internal static OrderPlacement Placement(int number, string? key = null, string? print = null, Origin? origin = null)
    {
        var line = new CartLine
        {
            LineId = "l1",
            ItemId = "cheeseburger",
            Name = "Cheeseburger „Ünïcode“ 'x\"",
            Size = "large",
            SizeName = "Large",
            Options = [new ChosenOption("bacon", "Bacon", Usd(150))],
            Without = [new ChosenOption("onions", "Onions", Usd(0))],
            Amounts = [new ChosenAmount("bacon", "Bacon", "extra")],
            Requests = [new SpecialRequest("none", "Pickles", "pickles"), new SpecialRequest("side", "relish")],
            Quantity = 2,
            UnitPrice = Usd(999),
            LinePrice = Usd(1998),
            Confidence = 0.93,
            TaxClass = "food",
            Allergens = ["gluten", "milk"],
        };
        return new OrderPlacement(new OrderView
        {
            Id = new OrderId($"ord_{number}"),
            Number = "ignored",
            Restaurant = origin?.Restaurant ?? Burger,
            Session = new SessionId(origin?.Session ?? $"ses_{number}"),
            Lines = [line, line with { LineId = "l2", Size = null, SizeName = null, Confidence = null, Options = [], Without = [] }],
            Subtotal = Usd(3996),
            Tax = Usd(330),
            IncludedTax = Usd(0),
            Discount = Usd(0),
            Total = Usd(4326),
            PlacedAt = origin?.At ?? Noon,
            ChangedAt = origin?.At ?? Noon,
            Via = "voice",
        }, origin?.CartVersion ?? 3, key ?? $"key-{number}", print ?? $"print-{number}", $"user-{number}");
    }

    private static Money Usd(long minor) => new(minor, "USD");

    private Task<PlaceResult> PlaceAsync(OrderPlacement placement) => Store.PlaceAsync(placement, default).InTimeAsync();

    private Task<OrderPage> ListAsync(OrderQuery query) => Store.ListAsync(query, default).InTimeAsync();

    private async Task<IEnumerable<string>> NamesAsync(OrderQuery query) => (await ListAsync(query)).Orders.Select(o => o.Id.Value);

    /// <summary>Where an order comes from, where it matters.</summary>
    internal sealed record Origin(string? Session = null, long? CartVersion = null, RestaurantId? Restaurant = null, DateTimeOffset? At = null);
}
