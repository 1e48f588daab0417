using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Storage.Migrations;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Sqlite;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>The step of the schema after which a session has one order.</summary>
[NeedsPostgres]
public sealed class OneOrderMigrationTests : PostgresPlacements
{
    [DatabaseFact]
    public async Task The_step_to_one_order_of_a_session_keeps_the_orders()
    {
        await Server.Database.WriteAsync(session => session.Connection.Execute("DROP INDEX orders_by_session; CREATE UNIQUE INDEX orders_by_cart ON orders (restaurant_id, session_id, cart_version); DELETE FROM schema_version WHERE version = 10"), default).InTimeAsync();
        for (var i = 1; i <= 5; i++) await Store.PlaceAsync(OrderStoreConformance.Placement(i), default).InTimeAsync();
        Server.Close();
        (await CountAsync("orders")).ShouldBe(5);
        (await Store.PlaceAsync(OrderStoreConformance.Placement(9, origin: new(Session: "ses_3", CartVersion: 9)), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Replayed);
    }

    [DatabaseFact]
    public async Task An_old_postgres_with_two_orders_of_one_session_opens()
    {
        await Server.Database.WriteAsync(session => session.Connection.Execute("DROP INDEX orders_by_session; CREATE UNIQUE INDEX orders_by_cart ON orders (restaurant_id, session_id, cart_version); DELETE FROM schema_version WHERE version = 10"), default).InTimeAsync();
        await Server.Database.WriteAsync(session => OrderWrite.Of(OrderStoreConformance.Placement(1)).Run(session), default).InTimeAsync();
        await Server.Database.WriteAsync(session => session.Connection.Execute("INSERT INTO orders SELECT 'ord_2', restaurant_id, business_day, '002', session_id, 9, status, currency, subtotal_minor, tax_minor, included_tax_minor, total_minor, placed_at, changed_at, version, via, subject, lines, discount_minor, voucher, customer_id FROM orders"), default).InTimeAsync();
        Server.Close();
        (await CountAsync("orders")).ShouldBe(2);
    }

    [DatabaseFact]
    public async Task An_old_file_with_two_orders_of_one_session_opens()
    {
        using var file = new TemporaryFile();
        using (var old = SqliteDatabase.Open(file.Settings, TimeProvider.System, [.. MigrationList.All.Take(9)]))
        {
            await old.WriteAsync(session => OrderWrite.Of(OrderStoreConformance.Placement(1)).Run(session), default).InTimeAsync();
            await old.WriteAsync(session => session.Connection.Execute("INSERT INTO orders SELECT 'ord_2', restaurant_id, business_day, '002', session_id, 9, status, currency, subtotal_minor, tax_minor, included_tax_minor, total_minor, placed_at, changed_at, version, via, subject, lines, discount_minor, voucher, customer_id FROM orders"), default).InTimeAsync();
        }
        (await file.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM orders"), default).InTimeAsync()).ShouldBe(2);
    }
}
