namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>The statements of deliveries and destinations, in the words SQLite and PostgreSQL share.</summary>
internal static class OutboxSql
{
    /// <summary>Pending, and nothing of the same order is pending before it.</summary>
    private const string InTurn = """
        d.state = 0 AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.destination_id = d.destination_id AND e.order_id = d.order_id
          AND e.order_version < d.order_version AND e.state = 0)
        """;

    public const string FindDue = $"""
        SELECT d.delivery_id FROM deliveries d JOIN destinations t ON t.destination_id = d.destination_id
        WHERE {InTurn} AND d.next_at <= @Now AND (d.claimed_until IS NULL OR d.claimed_until <= @Now) AND t.enabled = 1 AND d.destination_id NOT IN @Except
        ORDER BY d.next_at, d.delivery_id LIMIT @Limit
        """;

    public const string Claim = "UPDATE deliveries SET claimed_until = @Until WHERE delivery_id IN @Ids";

    public const string FindClaimed = """
        SELECT d.delivery_id AS DeliveryId, d.destination_id AS DestinationId, o.kind AS Kind, d.restaurant_id AS Restaurant, d.order_id AS OrderId,
          o.payload AS Payload, d.created_at AS CreatedAt, d.attempts AS Attempts
        FROM deliveries d JOIN outbox o ON o.delivery_id = d.event_id WHERE d.delivery_id IN @Ids ORDER BY d.next_at, d.delivery_id
        """;

    public const string FindNextDue = $"""
        SELECT MIN(CASE WHEN d.claimed_until > d.next_at THEN d.claimed_until ELSE d.next_at END)
        FROM deliveries d JOIN destinations t ON t.destination_id = d.destination_id
        WHERE {InTurn} AND t.enabled = 1 AND d.destination_id NOT IN @Except
        """;

    public const string Recover = "UPDATE deliveries SET claimed_until = NULL WHERE state = 0 AND claimed_until IS NOT NULL";

    public const string MarkDelivered = "UPDATE deliveries SET state = 1, delivered_at = @At, claimed_until = NULL, last_error = NULL WHERE delivery_id = @DeliveryId AND state <> 1";

    public const string MarkFailed =
        "UPDATE deliveries SET attempts = attempts + 1, next_at = @At, claimed_until = NULL, last_error = @Error WHERE delivery_id = @DeliveryId AND state = 0";

    public const string MarkDead =
        "UPDATE deliveries SET state = 2, attempts = attempts + 1, claimed_until = NULL, last_error = @Error WHERE delivery_id = @DeliveryId AND state = 0";

    public const string Release = "UPDATE deliveries SET next_at = @At, claimed_until = NULL WHERE delivery_id = @DeliveryId AND state = 0";

    // A replayed delivery gets its whole time again, counted from now.
    private const string Again = "UPDATE deliveries SET state = 0, attempts = 0, created_at = @Now, next_at = @Now, claimed_until = NULL, delivered_at = NULL WHERE restaurant_id = @Restaurant";

    public const string Replay = $"{Again} AND delivery_id = @DeliveryId";

    public const string ReplayDead = $"{Again} AND destination_id = @DestinationId AND state = 2";

    public const string Count = """
        SELECT COALESCE(SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0) AS Pending, COALESCE(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS Dead,
          MIN(CASE WHEN state = 0 THEN created_at END) AS OldestPending
        FROM deliveries WHERE state IN (0, 2)
        """;

    public static string List(bool byState, bool byOrder) => $"""
        SELECT d.delivery_id AS DeliveryId, d.destination_id AS DestinationId, o.kind AS Kind, d.order_id AS OrderId, d.state AS State, d.attempts AS Attempts,
          d.created_at AS CreatedAt, d.next_at AS NextAt, d.delivered_at AS DeliveredAt, d.last_error AS LastError
        FROM deliveries d JOIN outbox o ON o.delivery_id = d.event_id
        WHERE d.restaurant_id = @Restaurant {(byState ? "AND d.state = @State" : "")} {(byOrder ? "AND d.order_id = @Order" : "")}
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

    public const string ReplaceDestination = """
        UPDATE destinations SET address = @Address, enabled = @Enabled, secrets = @Secrets, previous_until = @PreviousUntil WHERE destination_id = @Id AND restaurant_id = @Restaurant
        """;

    public const string RemoveDestination = "DELETE FROM destinations WHERE destination_id = @Id AND restaurant_id = @Restaurant";

    public const string BuryDeliveries = "UPDATE deliveries SET state = 2, claimed_until = NULL, last_error = 'the destination was removed' WHERE destination_id = @Id AND state = 0";
}
