using Dapper;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What an order store in a database must do beside.</summary>
public abstract class DatabaseOrderStoreConformance(TestDatabase file) : OrderStoreConformance, IDisposable
{
    protected override IOrderStore Store => new OrderStore(file.Database, new OutboxSignal());

    public void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task Orders_and_keys_outlive_the_process()
    {
        await Store.PlaceAsync(Placement(1), default).InTimeAsync();
        file.Close();
        (await Store.PlaceAsync(Placement(1), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Replayed);
    }

    [DatabaseFact]
    public async Task Two_processes_that_place_the_same_at_once_make_one_order_of_it()
    {
        using var other = file.Open();
        IOrderStore[] stores = [Store, new OrderStore(other, new OutboxSignal())];
        for (var round = 1; round <= 20; round++)
        {
            var results = await Task.WhenAll(stores.Select((store, i) => store.PlaceAsync(Placement((round * 10) + i, key: $"key-{round}", print: "print", origin: new(Session: $"ses_{round}_{i}")), default))).InTimeAsync();
            results.Select(result => result.Kind).Order().ShouldBe([PlaceResultKind.Placed, PlaceResultKind.Replayed]);
            var carts = await Task.WhenAll(stores.Select((store, i) => store.PlaceAsync(Placement((round * 10) + 5 + i, key: $"cart-{round}-{i}", origin: new(Session: $"cart_{round}")), default))).InTimeAsync();
            carts.Select(result => result.Kind).Order().ShouldBe([PlaceResultKind.Placed, PlaceResultKind.Replayed]);
            carts[0].Order.Id.ShouldBe(carts[1].Order.Id);
        }
        (await OutboxAsync()).Count.ShouldBe(40);
    }

    protected override Task<IReadOnlyList<(string DeliveryId, string Kind, string Order)>> OutboxAsync() => file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT delivery_id, kind, order_id FROM outbox ORDER BY created_at, delivery_id").AsList(), default).InTimeAsync();

    protected override Task<IReadOnlyList<(string Subject, string Action, string Target)>> AuditAsync() => file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT subject, action, target FROM audit ORDER BY audit_id").AsList(), default).InTimeAsync();
}

public sealed class SqliteOrderStoreTests() : DatabaseOrderStoreConformance(new TemporaryFile());

[NeedsPostgres]
public sealed class PostgresOrderStoreTests() : DatabaseOrderStoreConformance(new TemporaryPostgres());
