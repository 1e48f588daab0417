using VoiceOrdering.Silo.Storage.Migrations;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>The statements of the order tables, in the words SQLite and PostgreSQL share.</summary>
internal static class OrderSql
{
    private const string Columns = """
        order_id AS OrderId, restaurant_id AS RestaurantId, business_day AS BusinessDay, number AS Number, session_id AS SessionId,
        cart_version AS CartVersion, status AS Status, currency AS Currency, subtotal_minor AS SubtotalMinor, tax_minor AS TaxMinor,
        included_tax_minor AS IncludedTaxMinor, total_minor AS TotalMinor, placed_at AS PlacedAt, changed_at AS ChangedAt,
        version AS Version, via AS Via, subject AS Subject, lines AS Lines, discount_minor AS DiscountMinor, voucher AS Voucher, customer_id AS CustomerId
        """;

    public const string Find = $"SELECT {Columns} FROM orders WHERE restaurant_id = @Restaurant AND order_id = @Order";

    public const string FindOfSession = $"SELECT {Columns} FROM orders WHERE restaurant_id = @Restaurant AND session_id = @Session";

    public const string FindSubmission =
        "SELECT order_id AS OrderId, fingerprint AS Fingerprint FROM submissions WHERE restaurant_id = @Restaurant AND idempotency_key = @Key";

    /// <summary>One step of two indexes; nearly every placement is new.</summary>
    public const string IsKnown = """
        SELECT 1 FROM submissions WHERE restaurant_id = @RestaurantId AND idempotency_key = @Key
        UNION ALL SELECT 1 FROM orders WHERE restaurant_id = @RestaurantId AND session_id = @SessionId LIMIT 1
        """;

    public const string PurgeKeys = """
        DELETE FROM submissions WHERE (restaurant_id, idempotency_key) IN
          (SELECT restaurant_id, idempotency_key FROM submissions WHERE created_at < @Before ORDER BY created_at LIMIT @Most)
        """;

    public const string PurgeEvents = """
        DELETE FROM outbox WHERE delivery_id IN
          (SELECT o.delivery_id FROM outbox o WHERE o.created_at < @Before
             AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event_id = o.delivery_id AND d.state <> 1)
           ORDER BY o.created_at LIMIT @Most)
        """;

    public const string CountKeys = "SELECT COUNT(*) FROM submissions WHERE order_id = @Order";

    public const string DrawNumber = """
        INSERT INTO order_numbers (restaurant_id, business_day, last_number) VALUES (@RestaurantId, @BusinessDay, 1)
        ON CONFLICT (restaurant_id, business_day) DO UPDATE SET last_number = order_numbers.last_number + 1 RETURNING last_number
        """;

    public const string InsertOrder = """
        INSERT INTO orders (order_id, restaurant_id, business_day, number, session_id, cart_version, status, currency, subtotal_minor,
          tax_minor, included_tax_minor, total_minor, placed_at, changed_at, version, via, subject, lines,
          discount_minor, voucher, customer_id)
        VALUES (@OrderId, @RestaurantId, @BusinessDay, @Number, @SessionId, @CartVersion, @Status, @Currency, @SubtotalMinor,
          @TaxMinor, @IncludedTaxMinor, @TotalMinor, @PlacedAt, @ChangedAt, @Version, @Via, @Subject, @Lines,
          @DiscountMinor, @Voucher, @CustomerId)
        """;

    public const string InsertSubmission = """
        INSERT INTO submissions (restaurant_id, idempotency_key, fingerprint, order_id, created_at)
        VALUES (@Restaurant, @Key, @Fingerprint, @Order, @At)
        """;

    public const string InsertOutbox = """
        INSERT INTO outbox (delivery_id, kind, restaurant_id, order_id, payload, created_at, attempts, next_at)
        VALUES (@DeliveryId, @Kind, @Restaurant, @Order, @Payload, @At, 0, @At)
        """;

    public const string ChangeStatus = $"""
        UPDATE orders SET status = @Status, changed_at = @At, version = version + 1
        WHERE restaurant_id = @Restaurant AND order_id = @Order AND version = @ExpectedVersion RETURNING {Columns}
        """;

    /// <summary>One delivery for each destination the restaurant has switched on; a chat is told of new and cancelled orders only.</summary>
    public const string InsertDeliveries = """
        INSERT INTO deliveries (delivery_id, event_id, destination_id, restaurant_id, order_id, order_version, state, attempts, created_at, next_at)
        SELECT @EventId || '.' || destination_id, @EventId, destination_id, restaurant_id, @Order, @Version, 0, 0, @At, @At
        FROM destinations WHERE restaurant_id = @Restaurant AND enabled = 1 AND (kind = 0 OR @ForPeople = 1)
        """;

    public const string ListOfCustomer = $"""
        SELECT {Columns} FROM orders WHERE restaurant_id = @Restaurant AND customer_id = @Customer AND status <> @Cancelled ORDER BY placed_at DESC, order_id DESC LIMIT @Most
        """;

    public const string ForgetCustomer = "UPDATE orders SET customer_id = NULL WHERE restaurant_id = @Restaurant AND customer_id = @Customer";

    /// <summary>The listing with only the conditions that are asked for, so that each form uses its index.</summary>
    public static string List(ListFilters filters, SqlDialect sql) => $"""
        SELECT {Columns} FROM orders WHERE restaurant_id = @Restaurant
        {(filters.HasFlag(ListFilters.Since) ? "AND changed_at >= @Since" : "")}
        {(filters.HasFlag(ListFilters.Statuses) ? $"AND status {sql.OneOf("@Statuses")}" : "")}
        {(filters.HasFlag(ListFilters.Cursor) ? "AND (placed_at, order_id) < (@CursorAt, @CursorOrder)" : "")}
        ORDER BY placed_at DESC, order_id DESC LIMIT @Limit
        """;
}

/// <summary>Conditions of a listing.</summary>
[Flags]
internal enum ListFilters
{
    None = 0,
    Since = 1,
    Statuses = 2,
    Cursor = 4,
}
