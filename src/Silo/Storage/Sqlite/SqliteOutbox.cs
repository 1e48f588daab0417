using Dapper;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;

namespace VoiceOrdering.Silo.Storage.Sqlite;

/// <inheritdoc cref="IOutbox"/>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    private const int LongestError = 500;

    // Dapper writes no valid list for an empty one.
    private static readonly string[] Nobody = [""];

    public async Task<IReadOnlyList<OutboxDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentOutOfRangeException.ThrowIfLessThan(claim.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(claim.Limit, 1_000);
        var due = new { Now = Ms(claim.Now), claim.Limit, Except = Names(claim.Except) };
        // Looked for on a reading connection first: an idle outbox must not cost a transaction.
        if (await database.ReadAsync(session => session.Connection.QueryFirstOrDefault<string>(OutboxSql.FindDue, due with { Limit = 1 }), cancellationToken) is null)
        {
            return [];
        }

        return await database.WriteAsync<IReadOnlyList<OutboxDelivery>>(
            session =>
            {
                var ids = session.Connection.Query<string>(OutboxSql.FindDue, due).ToArray();
                if (ids.Length == 0)
                {
                    return [];
                }

                session.Connection.Execute(OutboxSql.Claim, new { Ids = ids, Until = Ms(claim.Now + claim.Lease) });
                return [.. session.Connection.Query<ClaimedRow>(OutboxSql.FindClaimed, new { Ids = ids }).Select(row => row.ToDelivery())];
            },
            cancellationToken);
    }

    public async Task<DateTimeOffset?> FindNextDueAsync(IReadOnlyCollection<string> except, CancellationToken cancellationToken) =>
        Instant(await database.ReadAsync(session => session.Connection.QueryFirst<long?>(OutboxSql.FindNextDue, new { Except = Names(except) }), cancellationToken));

    public Task RecoverAsync(CancellationToken cancellationToken) => database.WriteAsync(session => session.Connection.Execute(OutboxSql.Recover), cancellationToken);

    public Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.MarkDelivered, new { DeliveryId = deliveryId, At = Ms(at) }, cancellationToken);

    public Task MarkFailedAsync(string deliveryId, DateTimeOffset nextAt, string error, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.MarkFailed, new { DeliveryId = deliveryId, At = Ms(nextAt), Error = Cut(error) }, cancellationToken);

    public Task MarkDeadAsync(string deliveryId, string error, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.MarkDead, new { DeliveryId = deliveryId, Error = Cut(error) }, cancellationToken);

    public Task ReleaseAsync(string deliveryId, DateTimeOffset nextAt, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.Release, new { DeliveryId = deliveryId, At = Ms(nextAt) }, cancellationToken);

    public Task<int> ReplayAsync(string restaurant, string deliveryId, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.Replay, new { Restaurant = restaurant, DeliveryId = deliveryId, Now = Ms(database.Clock.GetUtcNow()) }, cancellationToken);

    public Task<int> ReplayDeadAsync(string restaurant, string destinationId, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.ReplayDead, new { Restaurant = restaurant, DestinationId = destinationId, Now = Ms(database.Clock.GetUtcNow()) }, cancellationToken);

    public Task<IReadOnlyList<DeliveryRecord>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 200);
        return database.ReadAsync<IReadOnlyList<DeliveryRecord>>(
            session => [.. session.Connection.Query<ListedRow>(OutboxSql.List(query.State is not null, query.Order is not null), new { query.Restaurant, State = (long?)query.State, query.Order, query.Limit })
                .Select(row => row.ToRecord())],
            cancellationToken);
    }

    public Task<OutboxBacklog> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var (pending, dead, oldest) = session.Connection.QueryFirst<(long, long, long?)>(OutboxSql.Count);
            return new OutboxBacklog(pending, dead, Instant(oldest));
        },
        cancellationToken);

    private Task<int> WriteAsync(string sql, object values, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Connection.Execute(sql, values), cancellationToken);

    private static string[] Names(IReadOnlyCollection<string> destinations) => destinations.Count == 0 ? Nobody : [.. destinations];

    private static string Cut(string error) => error.Length <= LongestError ? error : error[..LongestError];

    private static long Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static DateTimeOffset? Instant(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private sealed class ClaimedRow
    {
        public string DeliveryId { get; set; } = "";
        public string DestinationId { get; set; } = "";
        public string Kind { get; set; } = "";
        public string Restaurant { get; set; } = "";
        public string OrderId { get; set; } = "";
        public string Payload { get; set; } = "";
        public long CreatedAt { get; set; }
        public int Attempts { get; set; }

        public OutboxDelivery ToDelivery() => new(DeliveryId, DestinationId, Kind, Restaurant, OrderId, Payload, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), Attempts);
    }

    private sealed class ListedRow
    {
        public string DeliveryId { get; set; } = "";
        public string DestinationId { get; set; } = "";
        public string Kind { get; set; } = "";
        public string OrderId { get; set; } = "";
        public long State { get; set; }
        public int Attempts { get; set; }
        public long CreatedAt { get; set; }
        public long NextAt { get; set; }
        public long? DeliveredAt { get; set; }
        public string? LastError { get; set; }

        public DeliveryRecord ToRecord() => new(
            DeliveryId, DestinationId, Kind, OrderId, (DeliveryState)State, Attempts, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            State == 0 ? Instant(NextAt) : null, Instant(DeliveredAt), LastError);
    }
}
