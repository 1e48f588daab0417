using System.Data.Common;
using System.Globalization;
using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Audit;
using VoiceOrdering.Silo.Storage.Customers;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Silo.Storage.Vouchers;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>Orders, submissions, outbox and audit in the database; every change is one unit of the writer, so one transaction.</summary>
/// <remarks>Dapper reads; the statements of a placement are kept prepared, because every caller waits for the writer's time.</remarks>
internal sealed class OrderStore(RelationalDatabase database, OutboxSignal signal) : IOrderStore
{
    public async Task<PlaceResult> PlaceAsync(OrderPlacement placement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(placement);
        var write = OrderWrite.Of(placement);
        var result = await database.WriteAsync(write, cancellationToken);
        if (write.IsForSomebody)
        {
            signal.Raise();
        }
        return result;
    }

    public Task<PlaceResultKind> RememberKeyAsync(OrderPlacement placement, int mostKeys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(placement);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostKeys, 1);
        return database.WriteAsync(session => RememberKey(session, placement, mostKeys, database.Clock.GetUtcNow()), cancellationToken);
    }

    public Task<StoredSubmission?> FindSubmissionAsync(RestaurantId restaurant, string idempotencyKey, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindSubmission(session.Connection, restaurant.Value, idempotencyKey), cancellationToken);

    public Task<OrderView?> FindAsync(RestaurantId restaurant, OrderId order, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Find(session.Connection, restaurant.Value, order.Value), cancellationToken);

    public async Task<PlacedCart?> FindOfSessionAsync(RestaurantId restaurant, SessionId session, CancellationToken cancellationToken)
    {
        // On the writer, behind what it is writing: a reader would say that there is none while a commit is still on its way, above all one whose connection was lost. The
        // connection that follows has to wait until the lost one has let go of the database.
        var found = await database.WriteAsync(writer => FindOfSession(writer.Connection, restaurant.Value, session.Value), cancellationToken);
        if (found is not null)
        {
            // Who asks may not know that there is something to deliver.
            signal.Raise();
        }
        return found;
    }

    public async Task<OrderView?> ChangeStatusAsync(StatusChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = await database.WriteAsync(session => ChangeStatus(session, change), cancellationToken);
        signal.Raise();
        return changed;
    }

    public Task<int> PurgeSubmissionsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return database.WriteAsync(session => session.Connection.Execute(OrderSql.PurgeKeys, new { Before = before.ToUnixTimeMilliseconds(), Most = most }), cancellationToken);
    }

    public Task<int> PurgeEventsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return database.WriteAsync(session => session.Connection.Execute(OrderSql.PurgeEvents, new { Before = before.ToUnixTimeMilliseconds(), Most = most }), cancellationToken);
    }

    public Task<OrderPage> ListAsync(OrderQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 200);
        OrderCursor? cursor = query.Cursor is null ? null : OrderCursor.Parse(query.Cursor);
        return database.ReadAsync(session => List(session, query, cursor), cancellationToken);
    }

    internal static PlaceResult Place(SqlSession session, OrderPlacement placement, OrderRow row, OrderPayload payload)
    {
        if (FindEarlier(session, placement, row) is { } earlier)
        {
            return earlier;
        }
        // A cart may have been bound before the customer was forgotten; an order must not bring the id back.
        if (row.CustomerId is not null && session.Bound(CustomerSql.IsKnown(session.Dialect), ("@Restaurant", row.RestaurantId), ("@Customer", row.CustomerId)).ExecuteScalar() is null)
        {
            row.CustomerId = null;
            payload = OrderPayload.Of(row, placement.Order);
        }
        // Before anything else is written: a refused voucher leaves nothing behind.
        if (placement.VoucherCode is { } code && !Redeem(session, code, row))
        {
            // Who redeemed it meanwhile may have been this very session, in another process.
            return FindEarlier(session, placement, row) ?? new PlaceResult(placement.Order, PlaceResultKind.VoucherRefused);
        }
        var number = (long)session.Bound(OrderSql.DrawNumber, ("@RestaurantId", row.RestaurantId), ("@BusinessDay", row.BusinessDay)).ExecuteScalar()!;
        row.Number = number.ToString("000", CultureInfo.InvariantCulture);
        session.Bound(OrderSql.InsertOrder,
            ("@OrderId", row.OrderId), ("@RestaurantId", row.RestaurantId), ("@BusinessDay", row.BusinessDay), ("@Number", row.Number), ("@SessionId", row.SessionId),
            ("@CartVersion", row.CartVersion), ("@Status", row.Status), ("@Currency", row.Currency), ("@SubtotalMinor", row.SubtotalMinor), ("@TaxMinor", row.TaxMinor),
            ("@IncludedTaxMinor", row.IncludedTaxMinor), ("@TotalMinor", row.TotalMinor), ("@PlacedAt", row.PlacedAt), ("@ChangedAt", row.ChangedAt),
            ("@Version", row.Version), ("@Via", row.Via), ("@Subject", row.Subject), ("@Lines", row.Lines), ("@DiscountMinor", row.DiscountMinor), ("@Voucher", row.Voucher), ("@CustomerId", row.CustomerId)).ExecuteNonQuery();
        session.Bound(OrderSql.InsertSubmission, ("@Restaurant", row.RestaurantId), ("@Key", placement.IdempotencyKey), ("@Fingerprint", placement.Fingerprint),
            ("@Order", row.OrderId), ("@At", row.PlacedAt)).ExecuteNonQuery();
        var stored = row.ToView(placement.Order);
        Tell(session, new Change("order.placed", stored, placement.Subject, row.Via, payload.With(row.Number)));
        return new PlaceResult(stored, PlaceResultKind.Placed);
    }

    private static bool Redeem(SqlSession session, string code, OrderRow row)
    {
        if (session.Bound(VoucherSql.Redeem, ("@Restaurant", row.RestaurantId), ("@Code", code), ("@Order", row.OrderId), ("@Customer", row.CustomerId), ("@At", row.PlacedAt)).ExecuteNonQuery() == 0)
        {
            return false;
        }
        AuditLog.Add(session, VoucherStore.Audit(row.RestaurantId, row.Subject, "voucher.redeemed", (code, row.OrderId)), row.PlacedAt);
        return true;
    }

    private static PlaceResult? FindEarlier(SqlSession session, OrderPlacement placement, OrderRow row)
    {
        if (session.Bound(OrderSql.IsKnown, ("@RestaurantId", row.RestaurantId), ("@Key", placement.IdempotencyKey), ("@SessionId", row.SessionId)).ExecuteScalar() is null)
        {
            return null;
        }
        return FindSubmission(session.Connection, row.RestaurantId, placement.IdempotencyKey) is { } earlier
            ? new PlaceResult(earlier.Order, earlier.Fingerprint == placement.Fingerprint ? PlaceResultKind.Replayed : PlaceResultKind.KeyReused)
            : new PlaceResult(FindOfSession(session.Connection, row.RestaurantId, row.SessionId)!.Order, PlaceResultKind.Replayed);
    }

    private static PlaceResultKind RememberKey(SqlSession session, OrderPlacement placement, int mostKeys, DateTimeOffset now)
    {
        var order = placement.Order;
        if (FindSubmission(session.Connection, order.Restaurant.Value, placement.IdempotencyKey) is { } earlier)
        {
            return earlier.Fingerprint == placement.Fingerprint && earlier.Order.Id == order.Id ? PlaceResultKind.Replayed : PlaceResultKind.KeyReused;
        }
        if ((long)session.Bound(OrderSql.CountKeys, ("@Order", order.Id.Value)).ExecuteScalar()! >= mostKeys)
        {
            return PlaceResultKind.KeysExhausted;
        }
        session.Bound(OrderSql.InsertSubmission, ("@Restaurant", order.Restaurant.Value), ("@Key", placement.IdempotencyKey), ("@Fingerprint", placement.Fingerprint),
            ("@Order", order.Id.Value), ("@At", now.ToUnixTimeMilliseconds())).ExecuteNonQuery();
        return PlaceResultKind.Replayed;
    }

    private static OrderView? ChangeStatus(SqlSession session, StatusChange change)
    {
        var row = session.Connection.QueryFirstOrDefault<OrderRow>(OrderSql.ChangeStatus, new
        {
            Status = (long)change.Status,
            At = change.At.ToUnixTimeMilliseconds(),
            Restaurant = change.Restaurant.Value,
            Order = change.Order.Value,
            change.ExpectedVersion,
        });
        if (row is null)
        {
            return null;
        }
        var changed = row.ToView();
        if (changed is { Status: OrderStatus.Cancelled, Voucher: not null })
        {
            GiveBack(session, change);
        }
        Tell(session, new Change("order.status", changed, change.Subject, WireJson.Write(changed.Status).Trim('"'), WireJson.Write(changed)));
        return changed;
    }

    private static void GiveBack(SqlSession session, StatusChange change)
    {
        foreach (var code in session.Connection.Query<string>(VoucherSql.GiveBack, new { Order = change.Order.Value, At = change.At.ToUnixTimeMilliseconds() }).AsList())
        {
            AuditLog.Add(session, VoucherStore.Audit(change.Restaurant.Value, change.Subject, "voucher.returned", (code, change.Order.Value)), change.At.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>The outbox and the audit row of a change. The order's version makes the delivery id unique and the same on every replay.</summary>
    private static void Tell(SqlSession session, Change change)
    {
        var order = change.Order;
        var at = order.ChangedAt.ToUnixTimeMilliseconds();
        var deliveryId = string.Create(CultureInfo.InvariantCulture, $"{order.Id.Value}-v{order.Version}");
        session.Bound(OrderSql.InsertOutbox, ("@DeliveryId", deliveryId), ("@Kind", change.Kind), ("@Restaurant", order.Restaurant.Value), ("@Order", order.Id.Value),
            ("@Payload", change.Payload), ("@At", at)).ExecuteNonQuery();
        session.Bound(OrderSql.InsertDeliveries, ("@EventId", deliveryId), ("@Restaurant", order.Restaurant.Value), ("@Order", order.Id.Value), ("@Version", order.Version),
            ("@At", at), ("@ForPeople", order.Status is OrderStatus.Placed or OrderStatus.Cancelled ? 1L : 0L)).ExecuteNonQuery();
        AuditLog.Add(session, new AuditEntry(order.Restaurant.Value, change.Subject, change.Kind, order.Id.Value, change.Detail), at);
    }

    private static StoredSubmission? FindSubmission(DbConnection connection, string restaurant, string key)
    {
        var found = connection.QueryFirstOrDefault<SubmissionRow>(OrderSql.FindSubmission, new { Restaurant = restaurant, Key = key });
        return found is null ? null : new StoredSubmission(Find(connection, restaurant, found.OrderId)!, found.Fingerprint);
    }

    private static OrderView? Find(DbConnection connection, string restaurant, string order) =>
        connection.QueryFirstOrDefault<OrderRow>(OrderSql.Find, new { Restaurant = restaurant, Order = order })?.ToView();

    private static PlacedCart? FindOfSession(DbConnection connection, string restaurant, string session)
    {
        var row = connection.QueryFirstOrDefault<OrderRow>(OrderSql.FindOfSession, new { Restaurant = restaurant, Session = session });
        return row is null ? null : new PlacedCart(row.ToView(), row.CartVersion);
    }

    private static OrderPage List(SqlSession session, OrderQuery query, OrderCursor? cursor)
    {
        var filters = (query.Since is null ? ListFilters.None : ListFilters.Since)
            | (query.Statuses.Count == 0 ? ListFilters.None : ListFilters.Statuses)
            | (cursor is null ? ListFilters.None : ListFilters.Cursor);
        var rows = session.Connection.Query<OrderRow>(OrderSql.List(filters, session.Dialect), new
        {
            Restaurant = query.Restaurant.Value,
            Since = query.Since?.ToUnixTimeMilliseconds(),
            Statuses = query.Statuses.Select(status => (long)status).ToArray(),
            CursorAt = cursor?.PlacedAtMs,
            CursorOrder = cursor?.OrderId,
            Limit = query.Limit + 1,
        }).AsList();
        var more = rows.Count > query.Limit;
        var orders = rows.Take(query.Limit).Select(row => row.ToView()).ToArray();
        return new OrderPage(orders, more ? new OrderCursor(rows[query.Limit - 1].PlacedAt, orders[^1].Id.Value).ToString() : null);
    }

    private sealed record Change(string Kind, OrderView Order, string Subject, string Detail, string Payload);

    private sealed class SubmissionRow
    {
        public string OrderId { get; set; } = "";
        public string Fingerprint { get; set; } = "";
    }
}
