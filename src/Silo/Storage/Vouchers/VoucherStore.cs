using Dapper;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Silo.Storage.Vouchers;

/// <inheritdoc cref="IVoucherStore"/>
internal sealed class VoucherStore(RelationalDatabase database) : IVoucherStore
{
    public Task<VoucherView?> AddAsync(VoucherView voucher, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(voucher);
        var row = VoucherRow.From(voucher, key);
        return database.WriteAsync(session => Add(session, row), cancellationToken);
    }

    public Task<VoucherView?> FindAsync(RestaurantId restaurant, string code, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Connection.QueryFirstOrDefault<VoucherRow>(VoucherSql.Find, new { Restaurant = restaurant.Value, Code = code })?.ToView(), cancellationToken);

    public Task<VoucherView?> FindByKeyAsync(RestaurantId restaurant, string key, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Connection.QueryFirstOrDefault<VoucherRow>(VoucherSql.FindByKey, new { Restaurant = restaurant.Value, Key = key })?.ToView(), cancellationToken);

    public Task<VoucherView?> VoidAsync(RestaurantId restaurant, string code, string subject, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var row = session.Connection.QueryFirstOrDefault<VoucherRow>(VoucherSql.Void, new { Restaurant = restaurant.Value, Code = code, At = at.ToUnixTimeMilliseconds() });
            if (row is not null)
            {
                Audit(session, row, subject, "voucher.voided");
            }
            return row?.ToView();
        },
        cancellationToken);

    public Task<VoucherPage> ListAsync(RestaurantId restaurant, VoucherQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 200);
        VoucherCursor? cursor = query.Cursor is null ? null : VoucherCursor.Parse(query.Cursor);
        return database.ReadAsync(session => List(session, restaurant.Value, query, cursor), cancellationToken);
    }

    private static VoucherView? Add(SqlSession session, VoucherRow row)
    {
        if (session.Connection.Execute(VoucherSql.Insert, row) == 1)
        {
            Audit(session, row, row.IssuedBy, "voucher.issued");
            return row.ToView();
        }
        return row.IssueKey is null
            ? null
            : session.Connection.QueryFirstOrDefault<VoucherRow>(VoucherSql.FindByKey, new { Restaurant = row.RestaurantId, Key = row.IssueKey })?.ToView();
    }

    private static VoucherPage List(SqlSession session, string restaurant, VoucherQuery query, VoucherCursor? cursor)
    {
        var filters = (query.Status is null ? VoucherFilters.None : VoucherFilters.Status)
            | (query.CustomerId is null ? VoucherFilters.None : VoucherFilters.Customer)
            | (cursor is null ? VoucherFilters.None : VoucherFilters.Cursor);
        var rows = session.Connection.Query<VoucherRow>(VoucherSql.List(filters), new
        {
            Restaurant = restaurant,
            Status = (long?)query.Status,
            Customer = query.CustomerId,
            CursorAt = cursor?.IssuedAtMs,
            Seen = cursor?.Seen ?? 0,
            Limit = query.Limit + 1,
        }).AsList();
        var vouchers = rows.Take(query.Limit).Select(row => row.ToView()).ToArray();
        return new VoucherPage(vouchers, rows.Count > query.Limit ? VoucherCursor.Behind(rows.Take(query.Limit).Select(row => row.IssuedAt).ToArray(), cursor).ToString() : null);
    }

    private static void Audit(SqlSession session, VoucherRow row, string subject, string action) => session.Bound(OrderSql.InsertAudit, ("@At", row.ChangedAt),
        ("@Restaurant", row.RestaurantId), ("@Subject", subject), ("@Action", action), ("@Order", VoucherRow.Masked(row.Code)), ("@Detail", row.CustomerId ?? "")).ExecuteNonQuery();
}
