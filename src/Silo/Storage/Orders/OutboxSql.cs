using VoiceOrdering.Silo.Storage.Migrations;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>The statements of deliveries and destinations, in the words SQLite and PostgreSQL share.</summary>
internal static class OutboxSql
{
    /// <summary>Pending, and nothing of the same order is pending before it.</summary>
    private const string InTurn = """
        d.state = 0 AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.destination_id = d.destination_id AND e.order_id = d.order_id
          AND e.order_version < d.order_version AND e.state = 0)
        """;

    private const string Unclaimed = "(d.claimed_until IS NULL OR d.claimed_until <= @Now)";

    /// <summary>Destinations that are on and have something pending, one step along the index for each: neither a long backlog nor many idle destinations cost time.</summary>
    public const string FindWaiting = """
        WITH RECURSIVE waiting (destination_id) AS (
          SELECT MIN(destination_id) FROM deliveries WHERE state = 0
          UNION ALL
          SELECT (SELECT MIN(d.destination_id) FROM deliveries d WHERE d.state = 0 AND d.destination_id > w.destination_id) FROM waiting w WHERE w.destination_id IS NOT NULL)
        SELECT w.destination_id FROM waiting w JOIN destinations t ON t.destination_id = w.destination_id WHERE t.enabled = 1
        """;

    /// <summary>What of a destination can go out now, oldest first.</summary>
    public const string FindDue = $"""
        SELECT d.delivery_id, d.next_at FROM deliveries d WHERE d.destination_id = @DestinationId AND {InTurn} AND {Unclaimed} AND d.next_at <= @Now
        ORDER BY d.next_at, d.delivery_id LIMIT @Limit
        """;

    /// <summary>When the next of a destination is due; what is claimed tells by itself when it is settled.</summary>
    public const string FindNextDue = $"""
        SELECT d.next_at FROM deliveries d WHERE d.destination_id = @DestinationId AND {InTurn} AND {Unclaimed} ORDER BY d.next_at, d.delivery_id LIMIT 1
        """;

    /// <summary>The same to be claimed: what another process is claiming at this moment is passed over.</summary>
    public static string FindDueToClaim(SqlDialect sql) => $"{FindDue} {sql.SkipLocked}";

    public static string Claim(SqlDialect sql) => $"UPDATE deliveries SET claimed_until = @Until WHERE delivery_id {sql.OneOf("@Ids")}";

    public static string FindClaimed(SqlDialect sql) => $"""
        SELECT d.delivery_id AS DeliveryId, d.destination_id AS DestinationId, o.kind AS Kind, d.restaurant_id AS Restaurant, d.order_id AS OrderId,
          o.payload AS Payload, d.created_at AS CreatedAt, d.attempts AS Attempts, t.kind AS Channel
        FROM deliveries d JOIN outbox o ON o.delivery_id = d.event_id JOIN destinations t ON t.destination_id = d.destination_id WHERE d.delivery_id {sql.OneOf("@Ids")} ORDER BY d.next_at, d.delivery_id
        """;

    public const string Recover = "UPDATE deliveries SET claimed_until = NULL WHERE state = 0 AND claimed_until IS NOT NULL";

    public const string MarkDelivered = "UPDATE deliveries SET state = 1, delivered_at = @At, claimed_until = NULL, last_error = NULL WHERE delivery_id = @DeliveryId AND state <> 1";

    public const string MarkFailed =
        "UPDATE deliveries SET attempts = attempts + 1, next_at = @At, claimed_until = NULL, last_error = @Error WHERE delivery_id = @DeliveryId AND state = 0";

    public const string MarkDead =
        "UPDATE deliveries SET state = 2, attempts = attempts + 1, claimed_until = NULL, last_error = @Error WHERE delivery_id = @DeliveryId AND state = 0";

    public const string Release = "UPDATE deliveries SET next_at = @At, claimed_until = NULL WHERE delivery_id = @DeliveryId AND state = 0";

    /// <summary>The destination is back: what it missed need not wait any longer.</summary>
    public const string Hurry = """
        UPDATE deliveries SET next_at = @Now WHERE destination_id = @DestinationId AND state = 0 AND next_at > @Now AND (claimed_until IS NULL OR claimed_until <= @Now)
        """;

    public static string FindForReplay(DeliveryOwner owner) => $"""
        SELECT d.restaurant_id AS RestaurantId, CASE WHEN t.destination_id IS NULL THEN 1 ELSE 0 END AS IsGone, CASE WHEN d.state = 0 AND d.claimed_until > @Now THEN 1 ELSE 0 END AS IsRunning
        FROM deliveries d LEFT JOIN destinations t ON t.destination_id = d.destination_id
        WHERE d.delivery_id = @DeliveryId {(owner == DeliveryOwner.Restaurant ? "AND d.restaurant_id = @Restaurant" : "")}
        """;

    // A replayed delivery gets its whole time again, counted from now.
    private const string Again = "UPDATE deliveries SET state = 0, attempts = 0, created_at = @Now, next_at = @Now, claimed_until = NULL, delivered_at = NULL";

    public const string Replay = $"{Again} WHERE delivery_id = @DeliveryId";

    public const string ReplayDead = $"{Again} WHERE destination_id = @DestinationId AND state = 2";

    // Each part has an index of its own; deliveries that arrived are the many, and none is looked at.
    public const string Count = """
        SELECT (SELECT COUNT(*) FROM deliveries WHERE state = 0) AS Pending, (SELECT COUNT(*) FROM deliveries WHERE state = 2) AS Dead,
          (SELECT MIN(d.created_at) FROM deliveries d JOIN destinations t ON t.destination_id = d.destination_id WHERE d.state = 0 AND t.enabled = 1) AS OldestPending
        """;

    public static string List(DeliveryFilters filters) => $"""
        SELECT d.delivery_id AS DeliveryId, d.destination_id AS DestinationId, d.restaurant_id AS RestaurantId, o.kind AS Kind, d.order_id AS OrderId, d.state AS State,
          d.attempts AS Attempts, d.created_at AS CreatedAt, d.next_at AS NextAt, d.delivered_at AS DeliveredAt, d.last_error AS LastError
        FROM deliveries d JOIN outbox o ON o.delivery_id = d.event_id
        WHERE 1 = 1 {(filters.HasFlag(DeliveryFilters.Restaurant) ? "AND d.restaurant_id = @Restaurant" : "")} {(filters.HasFlag(DeliveryFilters.State) ? "AND d.state = @State" : "")}
          {(filters.HasFlag(DeliveryFilters.Order) ? "AND d.order_id = @Order" : "")} {(filters.HasFlag(DeliveryFilters.Before) ? "AND (d.created_at, d.delivery_id) < (@BeforeAt, @BeforeId)" : "")}
        ORDER BY d.created_at DESC, d.delivery_id DESC LIMIT @Limit
        """;

    private const string DestinationColumns = """
        destination_id AS Id, restaurant_id AS Restaurant, kind AS Kind, address AS Address, enabled AS Enabled, secrets AS Secrets, previous_until AS PreviousUntil, created_at AS CreatedAt
        """;

    public const string ListDestinations = $"SELECT {DestinationColumns} FROM destinations WHERE restaurant_id = @Restaurant ORDER BY created_at, destination_id";

    public const string FindDestination = $"SELECT {DestinationColumns} FROM destinations WHERE destination_id = @Id";

    public const string CountDestinations = "SELECT COUNT(*) FROM destinations WHERE restaurant_id = @Restaurant";

    public const string InsertDestination = """
        INSERT INTO destinations (destination_id, restaurant_id, kind, address, enabled, secrets, previous_until, created_at)
        VALUES (@Id, @Restaurant, @Kind, @Address, @Enabled, @Secrets, @PreviousUntil, @CreatedAt)
        """;

    public const string ChangeDestination = "UPDATE destinations SET address = @Address, enabled = @Enabled WHERE destination_id = @Id AND restaurant_id = @Restaurant";

    public const string RotateDestination = "UPDATE destinations SET secrets = @Secrets, previous_until = @PreviousUntil WHERE destination_id = @Id AND restaurant_id = @Restaurant";

    public const string RemoveDestination = "DELETE FROM destinations WHERE destination_id = @Id AND restaurant_id = @Restaurant";

    public const string BuryDeliveries = "UPDATE deliveries SET state = 2, claimed_until = NULL, last_error = 'the destination was removed' WHERE destination_id = @Id AND state = 0";
}

/// <summary>Whose deliveries are meant.</summary>
internal enum DeliveryOwner
{
    /// <summary>Those of one restaurant.</summary>
    Restaurant,

    /// <summary>Anybody's: for operators.</summary>
    Anybody,
}

/// <summary>Conditions of a listing.</summary>
[Flags]
internal enum DeliveryFilters
{
    None = 0,
    Restaurant = 1,
    State = 2,
    Order = 4,
    Before = 8,
}
