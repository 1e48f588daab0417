using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Postgres;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What goes wrong on the way of placements to the server and back, and texts of every kind.</summary>
[NeedsPostgres]
public sealed class PlacementFaultTests : PostgresPlacements
{
    [DatabaseFact]
    public async Task A_commit_that_fails_leaves_nothing_and_says_so()
    {
        await Server.Database.WriteAsync(session => session.Connection.Execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.session_id = 'ses_bad' THEN RAISE EXCEPTION 'no'; END IF; RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()
            """), default).InTimeAsync();
        using (var barrier = new WriterBarrier(Server.Database))
        {
            var good = Store.PlaceAsync(OrderStoreConformance.Placement(1), default);
            var bad = Store.PlaceAsync(OrderStoreConformance.Placement(2, origin: new(Session: "ses_bad")), default);
            barrier.Open();
            (await Should.ThrowAsync<StorageException>(bad.InTimeAsync())).Code.ShouldBe(StorageErrorCodes.Unavailable);
            await Should.ThrowAsync<StorageException>(good.InTimeAsync());
        }
        (await CountAsync("orders")).ShouldBe(0);
        (await CountAsync("outbox")).ShouldBe(0);
        (await Store.PlaceAsync(OrderStoreConformance.Placement(1), default).InTimeAsync()).Order.Number.ShouldBe("001");
    }

    [DatabaseFact]
    public async Task A_connection_that_is_cut_again_and_again_loses_and_doubles_nothing()
    {
        // Open before the cuts begin: the schema is not what is tried here.
        (await CountAsync("orders")).ShouldBe(0);
        using var killer = Server.Open();
        var stop = 0;
        var cuts = 0L;
        var cutting = Task.Run(async () =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                Interlocked.Add(ref cuts, await killer.ReadAsync(session => session.Connection.ExecuteScalar<long>(
                    "SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query NOT LIKE '%pg_stat_activity%' AND pid <> pg_backend_pid() AND random() < 0.02) t"), default));
            }
        });
        async Task OneAsync(int i)
        {
            var store = Store;
            var restaurant = new RestaurantId($"r{i % 3}");
            for (var attempt = 1; ; attempt++)
            {
                var placement = OrderStoreConformance.Placement((i * 1_000) + attempt, key: $"key-{i}-{attempt}", origin: new(Session: $"ses_{i}", Restaurant: restaurant));
                try
                {
                    var result = await store.PlaceAsync(placement, default);
                    result.Order.Session.Value.ShouldBe($"ses_{i}");
                    return;
                }
                catch (StorageException failure)
                {
                    if (failure.Code == StorageErrorCodes.OutcomeUnknown)
                    {
                        continue;
                    }
                    // "Nothing of this was stored" must be true.
                    for (; ; )
                    {
                        try
                        {
                            (await store.FindAsync(restaurant, placement.Order.Id, default)).ShouldBeNull(failure.Message);
                            break;
                        }
                        catch (StorageException)
                        {
                        }
                    }
                }
            }
        }
        var waves = 0;
        for (; waves < 10 || Interlocked.Read(ref cuts) < 3; waves++)
        {
            var wave = waves;
            await Task.WhenAll(Enumerable.Range(wave * 50, 50).Select(OneAsync)).InTimeAsync();
        }
        Volatile.Write(ref stop, 1);
        await cutting.InTimeAsync();
        (await CountAsync("orders")).ShouldBe(waves * 50);
        await CheckAsync();
    }

    [DatabaseFact]
    public async Task A_message_that_takes_too_long_is_stored_once_or_not_at_all()
    {
        await Store.PlaceAsync(OrderStoreConformance.Placement(1), default).InTimeAsync();
        using var impatient = PostgresDatabase.Open(Server.Settings with { CommandSeconds = 1 }, TimeProvider.System);
        var store = new OrderStore(impatient, new OutboxSignal());
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var holding = Server.Database.WriteAsync(session =>
        {
            session.Connection.Execute("UPDATE order_numbers SET last_number = last_number");
            inside.Set();
            return go.Wait(TimeSpan.FromSeconds(30));
        }, default);
        inside.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        var failure = await Should.ThrowAsync<StorageException>(store.PlaceAsync(OrderStoreConformance.Placement(2), default).InTimeAsync());
        go.Set();
        await holding.InTimeAsync();
        failure.Code.ShouldBe(StorageErrorCodes.Unavailable);
        (await CountAsync("orders")).ShouldBe(1);
        (await store.PlaceAsync(OrderStoreConformance.Placement(2), default).InTimeAsync()).Order.Number.ShouldBe("002");
        await CheckAsync();
    }

    [DatabaseFact]
    public async Task Lines_of_every_kind_are_stored_as_in_steps()
    {
        using var steps = new TemporaryPostgres();
        string[] names = ["\"number\":\"~\"", "\\\"number\\\":\\\"~\\\"", "~", "'; DROP TABLE orders; --", "$1 {a,b} \"\"", "\u0001\t\n\r", "\ud83c\udf55", "\ud800", new string('x', 2_000_000), "NULL", "", "{}"];
        for (var i = 0; i < names.Length; i++)
        {
            var placement = OrderStoreConformance.Placement(i + 1);
            placement = placement with { Order = placement.Order with { Via = names[i].Length > 100 || i == 7 ? "voice" : names[i], Lines = placement.Order.Lines.Select(line => line with { Name = names[i] }).ToArray() } };
            var one = await Store.PlaceAsync(placement, default).InTimeAsync();
            var other = await steps.Database.WriteAsync(session => OrderWrite.Of(placement).Run(session), default).InTimeAsync();
            Json.WireJson.Write(one).ShouldBe(Json.WireJson.Write(other));
            var read = (await Store.FindAsync(Burger, placement.Order.Id, default).InTimeAsync())!;
            read.Number.ShouldBe((i + 1).ToString("000", null));
            (await PayloadAsync(Server, placement)).ShouldBe(await PayloadAsync(steps, placement));
        }
        await CheckAsync();
    }

    [DatabaseFact]
    public async Task A_text_no_server_takes_fails_alone()
    {
        using var barrier = new WriterBarrier(Server.Database);
        var good = Enumerable.Range(1, 5).Select(i => Store.PlaceAsync(OrderStoreConformance.Placement(i), default)).ToArray();
        var bad = Store.PlaceAsync(OrderStoreConformance.Placement(6, key: "key-\ud800"), default);
        barrier.Open();
        await Should.ThrowAsync<Exception>(bad.InTimeAsync());
        (await Task.WhenAll(good).InTimeAsync()).ShouldAllBe(result => result.Kind == PlaceResultKind.Placed);
    }
}
