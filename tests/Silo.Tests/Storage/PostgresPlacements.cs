using System.Text.Json;
using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>Orders in a PostgreSQL database of their own, and what must be true of them whatever happened.</summary>
public abstract class PostgresPlacements : IDisposable
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    protected static readonly RestaurantId Burger = new("demo-burger");

    internal TemporaryPostgres Server { get; } = new();

    internal OrderStore Store => new(Server.Database, new OutboxSignal());

    public void Dispose()
    {
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static OrderPlacement WithVoucher(OrderPlacement placement, string code) =>
        placement with { Order = placement.Order with { Voucher = code[^4..], Discount = new Money(100, "USD") }, VoucherCode = code };

    protected static VoucherView Voucher(string code) => new() { Terms = new VoucherTerms(code, VoucherKind.Amount, 100, 0, "USD"), Restaurant = Burger, IssuedAt = Noon, IssuedBy = "issuer", ChangedAt = Noon };

    protected async Task WaitForALockAsync()
    {
        while (await Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"), default).InTimeAsync() == 0)
        {
            await Task.Yield();
        }
    }

    protected Task<long> CountAsync(string table) => Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}"), default).InTimeAsync();

    protected Task<long> DeadlocksAsync() => Server.Database.ReadAsync(session => session.Connection.ExecuteScalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"), default).InTimeAsync();

    private protected static Task<string> PayloadAsync(TemporaryPostgres server, OrderPlacement placement) =>
        server.Database.ReadAsync(session => session.Connection.ExecuteScalar<string>("SELECT payload FROM outbox WHERE order_id = @Order", new { Order = placement.Order.Id.Value })!, default).InTimeAsync();

    /// <summary>What is true of every database: one order of a session, numbers without gap or double, one event, one key at least, the payload is the order.</summary>
    protected async Task CheckAsync()
    {
        var rows = await Server.Database.ReadAsync(session => session.Connection.Query<(string Order, string Restaurant, long Day, string Number, string Session, string Payload, long Keys, long Audits)>("""
            SELECT o.order_id, o.restaurant_id, o.business_day, o.number, o.session_id, e.payload,
              (SELECT COUNT(*) FROM submissions s WHERE s.order_id = o.order_id), (SELECT COUNT(*) FROM audit a WHERE a.target = o.order_id AND action = 'order.placed')
            FROM orders o LEFT JOIN outbox e ON e.order_id = o.order_id
            """).AsList(), default).InTimeAsync();
        rows.Select(row => row.Order).ShouldBeUnique();
        rows.Select(row => (row.Restaurant, row.Session)).ShouldBeUnique();
        rows.ShouldAllBe(row => row.Keys == 1 && row.Audits == 1);
        foreach (var row in rows)
        {
            using var json = JsonDocument.Parse(row.Payload);
            json.RootElement.GetProperty("number").GetString().ShouldBe(row.Number);
            json.RootElement.GetProperty("id").GetString().ShouldBe(row.Order);
            json.RootElement.GetProperty("restaurant").GetString().ShouldBe(row.Restaurant);
        }
        foreach (var day in rows.GroupBy(row => (row.Restaurant, row.Day)))
        {
            day.Select(row => int.Parse(row.Number, null)).Order().ShouldBe(Enumerable.Range(1, day.Count()));
        }
        (await CountAsync("outbox")).ShouldBe(rows.Count);
        (await CountAsync("submissions")).ShouldBe(rows.Count);
    }
}
