using Dapper;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

public sealed class SqliteOrderStoreTests : OrderStoreConformance, IDisposable
{
    private readonly TemporaryDatabase file = new();

    protected override IOrderStore Store => new SqliteOrderStore(file.Database);

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Orders_and_keys_outlive_the_process()
    {
        await Store.PlaceAsync(Placement(1), default).InTimeAsync();
        file.Close();
        (await Store.PlaceAsync(Placement(1), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Replayed);
    }

    [Fact]
    public async Task The_outbox_tries_again_later_and_keeps_what_was_delivered()
    {
        var outbox = new SqliteOutbox(file.Database);
        var placed = (await Store.PlaceAsync(Placement(1), default).InTimeAsync()).Order;
        await Store.PlaceAsync(Placement(2), default).InTimeAsync();
        (await outbox.FindDueAsync(placed.PlacedAt.AddMilliseconds(-1), 10, default).InTimeAsync()).ShouldBeEmpty();

        var due = await outbox.FindDueAsync(placed.PlacedAt, 10, default).InTimeAsync();
        due.Select(d => d.DeliveryId).ShouldBe(["ord_1-v1", "ord_2-v1"]);
        due[0].PayloadJson.ShouldContain("\"number\":\"001\"");
        await outbox.MarkFailedAsync("ord_1-v1", placed.PlacedAt.AddSeconds(1), "connection refused", default).InTimeAsync();
        await outbox.MarkDeliveredAsync("ord_2-v1", placed.PlacedAt, default).InTimeAsync();

        (await outbox.FindDueAsync(placed.PlacedAt, 10, default).InTimeAsync()).ShouldBeEmpty();
        var again = (await outbox.FindDueAsync(placed.PlacedAt.AddSeconds(1), 10, default).InTimeAsync()).ShouldHaveSingleItem();
        (again.DeliveryId, again.Attempts).ShouldBe(("ord_1-v1", 1));
    }

    protected override Task<IReadOnlyList<(string DeliveryId, string Kind, string Order)>> OutboxAsync() => file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT delivery_id, kind, order_id FROM outbox WHERE delivered_at IS NULL ORDER BY created_at, delivery_id").AsList(), default).InTimeAsync();

    protected override Task<IReadOnlyList<(string Subject, string Action, string Target)>> AuditAsync() => file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT subject, action, target FROM audit ORDER BY audit_id").AsList(), default).InTimeAsync();
}
