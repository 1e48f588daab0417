using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Tests.Storage;
using VoiceOrdering.TestKit.Receivers;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>Who may send what: leases, places, and two senders on one store; on every database.</summary>
public abstract class OutboxClaimConformance(TestDatabase database) : IAsyncDisposable
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    // The senders go by the clock of the machine, and give up what is a day old.
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    private readonly OutboxStage _stage = new(database: database);

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task Many_who_claim_at_once_get_each_delivery_once_until_its_lease_is_over()
    {
        await _stage.AddAsync("demo-burger", "http://127.0.0.1:1/");
        await PlaceAsync(1, 60);

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ClaimAsync(s_now, 10))).InTimeAsync();

        claims.SelectMany(claim => claim).Select(delivery => delivery.DeliveryId).Order().ShouldBe(Enumerable.Range(1, 60).Select(order => $"ord_{order}-v1.dst-demo-burger-Pos").Order());
        (await ClaimAsync(s_now + s_lease - TimeSpan.FromMilliseconds(1), 64)).ShouldBeEmpty();
        (await ClaimAsync(s_now + s_lease, 64)).Count.ShouldBe(60, "whoever claimed them is gone");
    }

    [DatabaseFact]
    public async Task A_destination_gets_as_many_places_as_it_has_and_a_full_one_hides_nobody()
    {
        foreach (var restaurant in new[] { "demo-burger", "demo-pizza", "demo-sushi" })
        {
            await _stage.AddAsync(restaurant, "http://127.0.0.1:1/");
        }

        await PlaceAsync(1, 50, "demo-burger");
        await PlaceAsync(51, 10, "demo-pizza");
        await PlaceAsync(61, 10, "demo-sushi");
        var places = new Dictionary<string, int> { ["dst-demo-burger-Pos"] = 0, ["dst-demo-sushi-Pos"] = 2 };

        var claimed = await _stage.Outbox.ClaimAsync(new OutboxClaim(s_now, s_lease, 64, 4, places), default).InTimeAsync();

        claimed.CountBy(delivery => delivery.Restaurant).OrderBy(pair => pair.Key).ShouldBe([new("demo-pizza", 4), new("demo-sushi", 2)]);
        (await _stage.Outbox.FindNextDueAsync(s_now, new HashSet<string> { "dst-demo-pizza-Pos", "dst-demo-sushi-Pos" }, default).InTimeAsync()).ShouldBe(s_now);
        (await _stage.Outbox.FindNextDueAsync(s_now, new HashSet<string> { "dst-demo-burger-Pos", "dst-demo-pizza-Pos", "dst-demo-sushi-Pos" }, default).InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task Old_events_are_forgotten_once_nothing_of_them_is_to_be_delivered()
    {
        await _stage.AddAsync("demo-burger", "http://127.0.0.1:1/");
        await PlaceAsync(1, 3);
        await PlaceAsync(4, 1, "nobody-listens");
        await _stage.Outbox.MarkDeliveredAsync("ord_1-v1.dst-demo-burger-Pos", s_now, default).InTimeAsync();
        await _stage.Outbox.MarkDeadAsync("ord_2-v1.dst-demo-burger-Pos", "gone", default).InTimeAsync();

        (await _stage.Orders.PurgeEventsAsync(s_now, 10, default).InTimeAsync()).ShouldBe(0, "what is as old as that is kept");
        (await _stage.Orders.PurgeEventsAsync(s_now.AddMilliseconds(1), 1, default).InTimeAsync()).ShouldBe(1);
        (await _stage.Orders.PurgeEventsAsync(s_now.AddMilliseconds(1), 10, default).InTimeAsync()).ShouldBe(1, "the one that was delivered and the one nobody listens to");

        var left = await _stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", null, null, 10), default).InTimeAsync();
        left.Select(delivery => delivery.DeliveryId).Order().ShouldBe(["ord_2-v1.dst-demo-burger-Pos", "ord_3-v1.dst-demo-burger-Pos"]);
        (await _stage.Outbox.ReplayAsync(null, "ord_1-v1.dst-demo-burger-Pos", default).InTimeAsync()).Restaurant.ShouldBeEmpty();
        (await _stage.Orders.FindAsync(new RestaurantId("demo-burger"), new OrderId("ord_1"), default).InTimeAsync()).ShouldNotBeNull();
    }

    [DatabaseFact]
    public async Task Two_senders_share_the_work_and_send_nothing_twice()
    {
        await using var pos = new PosReceiver { Secret = "secret-demo-burger" };
        await pos.StartAsync();
        await _stage.AddAsync("demo-burger", pos.Url);
        await _stage.StartAsync();
        var other = await _stage.StartAnotherAsync();
        await _stage.UntilAsync("both have begun", () => Task.FromResult(_stage.Outbox.Recoveries == 2));
        await PlaceAsync(1, 40);
        other.Raise();

        await _stage.UntilAsync("all delivered", async () => (await _stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", DeliveryState.Delivered, null, 200), default)).Count == 40);

        pos.Seen.Select(delivery => delivery.DeliveryId).Distinct().Count().ShouldBe(40);
        pos.Seen.Count.ShouldBe(40);
    }

    [DatabaseFact]
    public async Task A_fault_on_our_side_takes_no_place_for_good()
    {
        await using var pos = new PosReceiver();
        await pos.StartAsync();
        await _stage.AddAsync("demo-burger", pos.Url);
        await PlaceAsync(1, 10);
        var failing = new FailingDestinations(_stage.Destinations, failures: 12);
        await _stage.StartAsync(destinations: failing);

        await _stage.UntilAsync("all delivered", async () => (await _stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", DeliveryState.Delivered, null, 200), default)).Count == 10);

        failing.Failed.ShouldBe(12);
    }

    [DatabaseFact]
    public async Task What_is_being_sent_is_not_sent_a_second_time_by_a_replay_and_what_has_no_destination_cannot_be_replayed()
    {
        var destination = await _stage.AddAsync("demo-burger", "http://127.0.0.1:1/");
        await PlaceAsync(1, 1);
        var claimed = (await ClaimAsync(TimeProvider.System.GetUtcNow(), 1)).Single();
        (await _stage.Outbox.ReplayAsync("demo-burger", claimed.DeliveryId, default).InTimeAsync()).ShouldBe((ReplayOutcome.Replayed, "demo-burger"));
        (await ClaimAsync(TimeProvider.System.GetUtcNow(), 1)).ShouldBeEmpty("its attempt is running");

        await _stage.Outbox.MarkDeliveredAsync(claimed.DeliveryId, s_now, default).InTimeAsync();
        (await _stage.Outbox.ReplayAsync(null, claimed.DeliveryId, default).InTimeAsync()).ShouldBe((ReplayOutcome.Replayed, "demo-burger"), "an operator");
        (await ClaimAsync(TimeProvider.System.GetUtcNow(), 1)).Single().Attempts.ShouldBe(0);

        (await _stage.Destinations.RemoveAsync("demo-burger", destination.Id, default).InTimeAsync()).ShouldBeTrue();
        (await _stage.Outbox.ReplayAsync("demo-burger", claimed.DeliveryId, default).InTimeAsync()).ShouldBe((ReplayOutcome.DestinationGone, "demo-burger"));
        (await _stage.Outbox.CountAsync(default).InTimeAsync()).ShouldBe(new OutboxBacklog(0, 1, null));
    }

    [DatabaseFact]
    public async Task What_waits_for_a_destination_that_is_off_does_not_age()
    {
        var destination = await _stage.AddAsync("demo-burger", "http://127.0.0.1:1/");
        await PlaceAsync(1, 3);
        (await _stage.Outbox.CountAsync(default).InTimeAsync()).ShouldBe(new OutboxBacklog(3, 0, s_now));
        (await _stage.Destinations.ChangeAsync(destination with { IsEnabled = false }, default).InTimeAsync()).ShouldBeTrue();
        (await _stage.Outbox.CountAsync(default).InTimeAsync()).ShouldBe(new OutboxBacklog(3, 0, null));
        (await ClaimAsync(s_now, 10)).ShouldBeEmpty();
        (await _stage.Destinations.FindAsync(destination.Id, default).InTimeAsync())!.Secrets.ShouldBe(["secret-demo-burger"], "a change keeps the secret");
    }

    protected async Task RecoverAsync(int dueAfter)
    {
        await _stage.AddAsync("demo-burger", "http://127.0.0.1:1/");
        await PlaceAsync(1, 3);
        (await ClaimAsync(s_now, 10)).Count.ShouldBe(3);
        await _stage.Outbox.RecoverAsync(default).InTimeAsync();
        (await ClaimAsync(s_now, 10)).Count.ShouldBe(dueAfter);
        (await ClaimAsync(s_now + s_lease, 10)).Count.ShouldBe(3);
    }

    private Task<IReadOnlyList<OutboxDelivery>> ClaimAsync(DateTimeOffset now, int limit) =>
        _stage.Outbox.ClaimAsync(new OutboxClaim(now, s_lease, limit, 64, new Dictionary<string, int>()), default).InTimeAsync();

    private Task<PlaceResult[]> PlaceAsync(int first, int count, string restaurant = "demo-burger") => Task.WhenAll(Enumerable.Range(first, count).Select(order =>
        _stage.Orders.PlaceAsync(OrderStoreConformance.Placement(order, origin: new(Restaurant: new RestaurantId(restaurant), At: s_now)), default))).InTimeAsync();

    /// <summary>Destinations that cannot be read so many times.</summary>
    private sealed class FailingDestinations(IDestinationStore inner, int failures) : IDestinationStore
    {
        private int _asked;

        public int Failed => Math.Min(Volatile.Read(ref _asked), failures);

        public Task<Destination?> FindAsync(string destinationId, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _asked) <= failures ? throw new InvalidOperationException("The key ring cannot be read.") : inner.FindAsync(destinationId, cancellationToken);

        public Task<IReadOnlyList<Destination>> ListAsync(string restaurant, CancellationToken cancellationToken) => inner.ListAsync(restaurant, cancellationToken);

        public Task<bool> AddAsync(Destination destination, int most, CancellationToken cancellationToken) => inner.AddAsync(destination, most, cancellationToken);

        public Task<bool> ChangeAsync(Destination destination, CancellationToken cancellationToken) => inner.ChangeAsync(destination, cancellationToken);

        public Task<bool> RotateAsync(Destination destination, CancellationToken cancellationToken) => inner.RotateAsync(destination, cancellationToken);

        public Task<bool> RemoveAsync(string restaurant, string destinationId, CancellationToken cancellationToken) => inner.RemoveAsync(restaurant, destinationId, cancellationToken);
    }
}

public sealed class SqliteOutboxClaimTests() : OutboxClaimConformance(new TemporaryFile())
{
    [Fact]
    public Task What_a_process_that_is_gone_had_claimed_is_due_at_the_next_start() => RecoverAsync(dueAfter: 3);
}

[NeedsPostgres]
public sealed class PostgresOutboxClaimTests() : OutboxClaimConformance(new TemporaryPostgres())
{
    [DatabaseFact]
    public Task Among_several_silos_a_start_takes_nothing_from_those_that_live() => RecoverAsync(dueAfter: 0);
}
