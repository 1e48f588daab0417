using Dapper;
using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Storage.Audit;
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
                AuditLog.Add(session, Audit(row.RestaurantId, subject, "voucher.voided", (row.Code, row.CustomerId ?? "")), row.ChangedAt);
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
            AuditLog.Add(session, Audit(row.RestaurantId, row.IssuedBy, "voucher.issued", (row.Code, row.CustomerId ?? "")), row.ChangedAt);
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

    /// <summary>What is told of a voucher: never its whole code, because the audit is read by people who must not be able to redeem it.</summary>
    internal static AuditEntry Audit(string restaurant, string subject, string action, (string Code, string Detail) voucher) =>
        new(restaurant, subject, action, $"…{VoucherCodes.Shown(voucher.Code)}", voucher.Detail);
}
