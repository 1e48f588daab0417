using Dapper;
using VoiceOrdering.Silo.Storage.Orders;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <inheritdoc cref="IOutbox"/>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    private const int LongestError = 500;

    public Task<IReadOnlyList<OutboxDelivery>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        return database.ReadAsync<IReadOnlyList<OutboxDelivery>>(
            session => [.. session.Connection.Query<DueRow>(OrderSql.FindDue, new { Now = now.ToUnixTimeMilliseconds(), Limit = limit }).Select(row => row.ToDelivery())],
            cancellationToken);
    }

    public Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Connection.Execute(OrderSql.MarkDelivered,
            new { DeliveryId = deliveryId, At = at.ToUnixTimeMilliseconds() }), cancellationToken);

    public Task MarkFailedAsync(string deliveryId, DateTimeOffset nextAt, string error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(error);
        var cut = error.Length <= LongestError ? error : error[..LongestError];
        return database.WriteAsync(session => session.Connection.Execute(OrderSql.MarkFailed,
            new { DeliveryId = deliveryId, At = nextAt.ToUnixTimeMilliseconds(), Error = cut }), cancellationToken);
    }

    private sealed class DueRow
    {
        public string DeliveryId { get; set; } = "";
        public string Kind { get; set; } = "";
        public string Restaurant { get; set; } = "";
        public string OrderId { get; set; } = "";
        public string Payload { get; set; } = "";
        public long CreatedAt { get; set; }
        public int Attempts { get; set; }

        public OutboxDelivery ToDelivery() =>
            new(DeliveryId, Kind, Restaurant, OrderId, Payload, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), Attempts);
    }
}
