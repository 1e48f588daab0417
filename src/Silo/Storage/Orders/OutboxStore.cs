using Dapper;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <inheritdoc cref="IOutbox"/>
internal sealed class OutboxStore(RelationalDatabase database) : IOutbox
{
    private const int LongestError = 500;

    public async Task<IReadOnlyList<OutboxDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentOutOfRangeException.ThrowIfLessThan(claim.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(claim.Limit, 1_000);
        // Looked for on a reading connection first: an idle outbox must not cost a transaction.
        if ((await database.ReadAsync(session => Due(session, claim with { Limit = 1 }, OutboxSql.FindDue), cancellationToken)).Length == 0)
        {
            return [];
        }

        return await database.WriteAsync<IReadOnlyList<OutboxDelivery>>(
            session =>
            {
                var ids = Due(session, claim, OutboxSql.FindDueToClaim(session.Dialect));
                if (ids.Length == 0)
                {
                    return [];
                }

                session.Connection.Execute(OutboxSql.Claim(session.Dialect), new { Ids = ids, Until = Ms(claim.Now + claim.Lease) });
                return [.. session.Connection.Query<ClaimedRow>(OutboxSql.FindClaimed(session.Dialect), new { Ids = ids }).Select(row => row.ToDelivery())];
            },
            cancellationToken);
    }

    public Task<DateTimeOffset?> FindNextDueAsync(DateTimeOffset now, IReadOnlySet<string> except, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var due = Waiting(session).Where(destination => !except.Contains(destination))
                .Select(destination => (long?)session.Bound(OutboxSql.FindNextDue, ("@DestinationId", destination), ("@Now", Ms(now))).ExecuteScalar());
            return Instant(due.Min());
        },
        cancellationToken);

    // Among several processes a claim may be somebody's who lives; the lease gives back those of the dead.
    public Task RecoverAsync(CancellationToken cancellationToken) =>
        database.IsAlone ? database.WriteAsync(session => session.Connection.Execute(OutboxSql.Recover), cancellationToken) : Task.CompletedTask;

    public Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.MarkDelivered, new { DeliveryId = deliveryId, At = Ms(at) }, cancellationToken);

    public Task MarkFailedAsync(string deliveryId, DateTimeOffset nextAt, string error, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.MarkFailed, new { DeliveryId = deliveryId, At = Ms(nextAt), Error = Cut(error) }, cancellationToken);

    public Task MarkDeadAsync(string deliveryId, string error, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.MarkDead, new { DeliveryId = deliveryId, Error = Cut(error) }, cancellationToken);

    public Task ReleaseAsync(string deliveryId, DateTimeOffset nextAt, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.Release, new { DeliveryId = deliveryId, At = Ms(nextAt) }, cancellationToken);

    public Task HurryAsync(string destinationId, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.Hurry, new { DestinationId = destinationId, Now = Ms(now) }, cancellationToken);

    public Task<(ReplayOutcome Outcome, string Restaurant)> ReplayAsync(string? restaurant, string deliveryId, CancellationToken cancellationToken)
    {
        var owner = restaurant is null ? DeliveryOwner.Anybody : DeliveryOwner.Restaurant;
        return database.WriteAsync(
            session =>
            {
                var now = Ms(database.Clock.GetUtcNow());
                var found = session.Connection.QueryFirstOrDefault<ReplayRow>(OutboxSql.FindForReplay(owner), new { Restaurant = restaurant, DeliveryId = deliveryId, Now = now });
                if (found is null)
                {
                    return (ReplayOutcome.Unknown, "");
                }

                if (found.IsGone == 1)
                {
                    return (ReplayOutcome.DestinationGone, found.RestaurantId);
                }

                if (found.IsRunning == 0)
                {
                    session.Connection.Execute(OutboxSql.Replay, new { DeliveryId = deliveryId, Now = now });
                }

                return (ReplayOutcome.Replayed, found.RestaurantId);
            },
            cancellationToken);
    }

    public Task<int> ReplayDeadAsync(string destinationId, CancellationToken cancellationToken) =>
        WriteAsync(OutboxSql.ReplayDead, new { DestinationId = destinationId, Now = Ms(database.Clock.GetUtcNow()) }, cancellationToken);

    public Task<IReadOnlyList<DeliveryRecord>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 201);
        var filters = (query.Restaurant is null ? DeliveryFilters.None : DeliveryFilters.Restaurant)
            | (query.State is null ? DeliveryFilters.None : DeliveryFilters.State)
            | (query.Order is null ? DeliveryFilters.None : DeliveryFilters.Order)
            | (query.Before is null ? DeliveryFilters.None : DeliveryFilters.Before);
        var values = new
        {
            query.Restaurant,
            State = (long?)query.State,
            query.Order,
            BeforeAt = query.Before is { } before ? Ms(before.CreatedAt) : 0,
            BeforeId = query.Before?.DeliveryId,
            query.Limit,
        };
        return database.ReadAsync<IReadOnlyList<DeliveryRecord>>(
            session => [.. session.Connection.Query<ListedRow>(OutboxSql.List(filters), values).Select(row => row.ToRecord())], cancellationToken);
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

    /// <summary>As many of each destination as it can take, and of these the oldest.</summary>
    private static string[] Due(SqlSession session, OutboxClaim claim, string findDue)
    {
        var found = new List<(long NextAt, string Id)>();
        foreach (var destination in Waiting(session))
        {
            var places = Math.Min(claim.Places.GetValueOrDefault(destination, claim.EachAtMost), claim.Limit);
            if (places > 0)
            {
                using var rows = session.Bound(findDue, ("@DestinationId", destination), ("@Now", Ms(claim.Now)), ("@Limit", places)).ExecuteReader();
                while (rows.Read())
                {
                    found.Add((rows.GetInt64(1), rows.GetString(0)));
                }
            }
        }

        return [.. found.OrderBy(row => row.NextAt).ThenBy(row => row.Id, StringComparer.Ordinal).Take(claim.Limit).Select(row => row.Id)];
    }

    private static List<string> Waiting(SqlSession session) => session.Connection.Query<string>(OutboxSql.FindWaiting).AsList();

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
        public long Channel { get; set; }

        public OutboxDelivery ToDelivery() => new(DeliveryId, DestinationId, Kind, Restaurant, OrderId, Payload, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), Attempts)
        {
            Channel = (DestinationKind)Channel,
        };
    }

    private sealed class ListedRow
    {
        public string DeliveryId { get; set; } = "";
        public string DestinationId { get; set; } = "";
        public string RestaurantId { get; set; } = "";
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
            State == 0 ? Instant(NextAt) : null, Instant(DeliveredAt), LastError)
        {
            RestaurantId = RestaurantId,
        };
    }

    private sealed class ReplayRow
    {
        public string RestaurantId { get; set; } = "";
        public long IsGone { get; set; }
        public long IsRunning { get; set; }
    }
}
