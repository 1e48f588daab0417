using Dapper;
using VoiceOrdering.Customers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Customers;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Vouchers;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>Two processes place orders in one database at once.</summary>
[NeedsPostgres]
public sealed class TwoSilosTests : PostgresPlacements
{
    [DatabaseFact]
    public async Task A_session_that_another_process_orders_for_with_the_same_voucher_is_answered_with_that_order()
    {
        await new VoucherStore(Server.Database).AddAsync(Voucher("123456789012"), null, default).InTimeAsync();
        using var other = Server.Open();
        using var commit = new ManualResetEventSlim();
        var placement = WithVoucher(OrderStoreConformance.Placement(1, key: "key", print: "print", origin: new(Session: "ses")), "123456789012");
        // Its answer got lost; the commit is still on its way when the session's cart asks again.
        var first = HoldBeforeCommit(other, placement, commit);
        var again = Store.PlaceAsync(placement with { Order = placement.Order with { Id = new OrderId("ord_2") } }, default);
        await WaitForALockAsync();
        commit.Set();
        (await first.InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Placed);
        var result = await again.InTimeAsync();
        (result.Kind, result.Order.Id).ShouldBe((PlaceResultKind.Replayed, new OrderId("ord_1")));
    }

    [DatabaseFact]
    public async Task A_session_that_another_process_orders_for_is_answered_with_that_order()
    {
        using var other = Server.Open();
        using var commit = new ManualResetEventSlim();
        var placement = OrderStoreConformance.Placement(1, key: "key", print: "print", origin: new(Session: "ses"));
        var first = HoldBeforeCommit(other, placement, commit);
        using var barrier = new WriterBarrier(Server.Database);
        // Beside it in the message: one of a tomorrow, whose number nobody holds, and one of the same session.
        var again = Store.PlaceAsync(placement with { Order = placement.Order with { Id = new OrderId("ord_2") } }, default);
        var tomorrow = Store.PlaceAsync(OrderStoreConformance.Placement(3, key: "key-3", origin: new(Session: "ses", At: Noon.AddDays(1))), default);
        var free = Store.PlaceAsync(OrderStoreConformance.Placement(4), default);
        barrier.Open();
        await WaitForALockAsync();
        commit.Set();
        (await first.InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Placed);
        foreach (var late in new[] { again, tomorrow })
        {
            var result = await late.InTimeAsync();
            (result.Kind, result.Order.Id).ShouldBe((PlaceResultKind.Replayed, new OrderId("ord_1")));
        }
        var own = await free.InTimeAsync();
        (own.Kind, own.Order.Number).ShouldBe((PlaceResultKind.Placed, "002"));
    }

    [DatabaseFact]
    public async Task Silos_that_order_at_the_same_restaurants_in_another_order_never_wait_for_each_other_in_a_ring()
    {
        using var other = Server.Open();
        OrderStore[] stores = [Store, new OrderStore(other, new OutboxSignal())];
        var number = 0;
        var results = new List<PlaceResult>();
        for (var round = 0; round < 30; round++)
        {
            using var one = new WriterBarrier(Server.Database);
            using var two = new WriterBarrier(other);
            var tasks = new List<Task<PlaceResult>>();
            for (var i = 0; i < 40; i++)
            {
                for (var silo = 0; silo < 2; silo++)
                {
                    var restaurant = silo == 0 ? i % 7 : 6 - (i % 7);
                    tasks.Add(stores[silo].PlaceAsync(OrderStoreConformance.Placement(++number, origin: new(Restaurant: new RestaurantId($"r{restaurant}"), At: Noon.AddDays(silo == 0 ? i % 3 : 2 - (i % 3)))), default));
                }
            }
            one.Open();
            two.Open();
            results.AddRange(await Task.WhenAll(tasks).InTimeAsync());
        }
        results.ShouldAllBe(result => result.Kind == PlaceResultKind.Placed);
        (await DeadlocksAsync()).ShouldBe(0);
        await CheckAsync();
    }

    [DatabaseFact]
    public async Task Whatever_comes_together_every_session_and_key_has_one_order_and_numbers_have_no_gaps()
    {
        var random = new Random(20261121);
        using var other = Server.Open();
        using var third = Server.Open();
        OrderStore[] stores = [Store, new OrderStore(other, new OutboxSignal())];
        var customers = new CustomerStore(third);
        await third.WriteAsync(session => session.Connection.Execute("""
            INSERT INTO destinations (destination_id, restaurant_id, kind, address, enabled, secrets, created_at)
            VALUES ('d0', 'r0', 0, 'a', 1, '', 0), ('d1', 'r0', 1, 'b', 1, '', 0), ('d2', 'r1', 0, 'c', 0, '', 0)
            """), default).InTimeAsync();
        for (var round = 0; round < 6; round++)
        {
            var asked = new List<(OrderPlacement Placement, Task<PlaceResult> Task)>();
            for (var c = 0; c < 3; c++)
            {
                for (var r = 0; r < 3; r++)
                {
                    await customers.AddAsync(new CustomerView { Id = $"cus_{round}_{c}_{r}", Restaurant = new RestaurantId($"r{r}"), Phone = $"+1415{round:000}{c}{r}", CreatedAt = Noon, ChangedAt = Noon, Version = 1 }, "staff", default).InTimeAsync();
                }
            }
            using (var one = new WriterBarrier(Server.Database))
            using (var two = new WriterBarrier(other))
            {
                for (var i = 0; i < 60; i++)
                {
                    var r = random.Next(3);
                    var key = random.Next(25);
                    var placement = OrderStoreConformance.Placement((round * 1_000) + i, key: $"key-{round}-{key}", print: $"print-{random.Next(2)}",
                        origin: new(Session: $"ses_{round}_{random.Next(25)}", CartVersion: random.Next(1, 4), Restaurant: new RestaurantId($"r{r}"), At: Noon.AddDays(random.Next(2))));
                    var customer = random.Next(5);
                    if (customer < 3) placement = placement with { Order = placement.Order with { CustomerId = $"cus_{round}_{customer}_{r}" } };
                    asked.Add((placement, stores[random.Next(2)].PlaceAsync(placement, default)));
                }
                one.Open();
                two.Open();
                var changes = new List<Task>();
                for (var r = 0; r < 3; r++)
                {
                    changes.Add(customers.ForgetAsync(new CustomerRemoval(new RestaurantId($"r{r}"), $"cus_{round}_0_{r}", "owner", Noon), default));
                    changes.Add(customers.ChangeAsync(new CustomerView { Id = $"cus_{round}_1_{r}", Restaurant = new RestaurantId($"r{r}"), Phone = "", Name = "Ada", CreatedAt = Noon, ChangedAt = Noon, Version = 1 }, "staff", default));
                }
                await Task.WhenAll(changes).InTimeAsync();
                await Task.WhenAll(asked.Select(ask => ask.Task)).InTimeAsync();
            }
            foreach (var (placement, task) in asked)
            {
                var result = await task;
                result.Order.Restaurant.ShouldBe(placement.Order.Restaurant);
                if (result.Kind == PlaceResultKind.Placed) result.Order.Id.ShouldBe(placement.Order.Id);
                await CheckAnswerAsync(placement, result);
            }
        }
        await CheckAsync();
        (await Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM orders o WHERE customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.customer_id = o.customer_id)"), default).InTimeAsync()).ShouldBe(0);
        (await Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM deliveries"), default).InTimeAsync())
            .ShouldBe(2 * await Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM orders WHERE restaurant_id = 'r0'"), default).InTimeAsync());
    }

    [DatabaseFact]
    public async Task Orders_with_and_without_vouchers_of_two_silos_at_once_redeem_each_voucher_once()
    {
        var random = new Random(7);
        using var other = Server.Open();
        using var third = Server.Open();
        OrderStore[] stores = [Store, new OrderStore(other, new OutboxSignal())];
        var vouchers = new VoucherStore(third);
        var failures = new List<Exception>();
        for (var round = 0; round < 2; round++)
        {
            for (var v = 0; v < 12; v++)
            {
                await vouchers.AddAsync(Voucher($"{round:000}{v:000}000000") with { Restaurant = new RestaurantId($"r{v % 3}") }, null, default).InTimeAsync();
            }
            var asked = new List<Task<PlaceResult>>();
            using (var one = new WriterBarrier(Server.Database))
            using (var two = new WriterBarrier(other))
            {
                for (var i = 0; i < 50; i++)
                {
                    var v = random.Next(12);
                    var placement = OrderStoreConformance.Placement((round * 1_000) + i, key: $"key-{round}-{random.Next(40)}", print: "print", origin: new(Session: $"ses_{round}_{random.Next(40)}", Restaurant: new RestaurantId($"r{v % 3}")));
                    if (random.Next(2) == 0) placement = WithVoucher(placement, $"{round:000}{v:000}000000");
                    asked.Add(stores[random.Next(2)].PlaceAsync(placement, default));
                }
                one.Open();
                two.Open();
                foreach (var task in asked)
                {
                    try
                    {
                        await task.InTimeAsync();
                    }
                    catch (StorageException failure)
                    {
                        failures.Add(failure);
                    }
                }
            }
        }
        failures.ShouldBeEmpty();
        await CheckAsync();
        (await Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM vouchers v FULL JOIN (SELECT * FROM orders WHERE voucher IS NOT NULL) o ON o.order_id = v.order_id WHERE (v.status = 1) <> (o.order_id IS NOT NULL) OR v.code IS NULL"), default).InTimeAsync()).ShouldBe(0);
    }

    /// <summary>The answer is what the database says of order, session and key.</summary>
    private async Task CheckAnswerAsync(OrderPlacement placement, PlaceResult result)
    {
        var found = await Store.FindAsync(placement.Order.Restaurant, result.Order.Id, default).InTimeAsync();
        (found!.Number, found.Total, found.Session).ShouldBe((result.Order.Number, result.Order.Total, result.Order.Session));
        var ofSession = await Store.FindOfSessionAsync(placement.Order.Restaurant, placement.Order.Session, default).InTimeAsync();
        var ofKey = await Store.FindSubmissionAsync(placement.Order.Restaurant, placement.IdempotencyKey, default).InTimeAsync();
        switch (result.Kind)
        {
            case PlaceResultKind.Placed:
                (ofSession!.Order.Id, ofKey!.Order.Id, ofKey.Fingerprint).ShouldBe((placement.Order.Id, placement.Order.Id, placement.Fingerprint));
                break;
            case PlaceResultKind.Replayed:
                new[] { ofSession?.Order.Id, ofKey?.Order.Id }.ShouldContain(result.Order.Id);
                break;
            default:
                (ofKey!.Order.Id, ofKey.Fingerprint == placement.Fingerprint).ShouldBe((result.Order.Id, false));
                break;
        }
    }

    /// <summary>Places the order in another process and returns when only its commit is left to come.</summary>
    private static Task<PlaceResult> HoldBeforeCommit(RelationalDatabase database, OrderPlacement placement, ManualResetEventSlim commit)
    {
        using var inside = new ManualResetEventSlim();
        var placing = database.WriteAsync(session =>
        {
            var placed = OrderWrite.Of(placement).Run(session);
            inside.Set();
            commit.Wait(TimeSpan.FromSeconds(30));
            return placed;
        }, default);
        inside.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        return placing;
    }
}
