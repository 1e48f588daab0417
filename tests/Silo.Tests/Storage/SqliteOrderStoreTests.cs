using Dapper;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

public sealed class SqliteOrderStoreTests : OrderStoreConformance, IDisposable
{
    private readonly TemporaryDatabase file = new();

    protected override IOrderStore Store => new SqliteOrderStore(file.Database, new OutboxSignal());

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Orders_and_keys_outlive_the_process()
    {
        await Store.PlaceAsync(Placement(1), default).InTimeAsync();
        file.Close();
        (await Store.PlaceAsync(Placement(1), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Replayed);
    }

    protected override Task<IReadOnlyList<(string DeliveryId, string Kind, string Order)>> OutboxAsync() => file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT delivery_id, kind, order_id FROM outbox ORDER BY created_at, delivery_id").AsList(), default).InTimeAsync();

    protected override Task<IReadOnlyList<(string Subject, string Action, string Target)>> AuditAsync() => file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT subject, action, target FROM audit ORDER BY audit_id").AsList(), default).InTimeAsync();
}
