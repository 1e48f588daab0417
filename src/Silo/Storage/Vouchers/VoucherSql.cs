namespace VoiceOrdering.Silo.Storage.Vouchers;

/// <summary>The statements of the voucher table, in the words SQLite and PostgreSQL share. Status 0 is issued, 1 redeemed, 2 voided.</summary>
internal static class VoucherSql
{
    private const string Columns = """
        restaurant_id AS RestaurantId, code AS Code, status AS Status, kind AS Kind, value AS Value, currency AS Currency, minimum_minor AS MinimumMinor,
        customer_id AS CustomerId, expires_at AS ExpiresAt, note AS Note, issued_at AS IssuedAt, issued_by AS IssuedBy, issue_key AS IssueKey, changed_at AS ChangedAt, order_id AS OrderId
        """;

    public const string Find = $"SELECT {Columns} FROM vouchers WHERE restaurant_id = @Restaurant AND code = @Code";

    public const string FindByKey = $"SELECT {Columns} FROM vouchers WHERE restaurant_id = @Restaurant AND issue_key = @Key";

    public const string Insert = """
        INSERT INTO vouchers (restaurant_id, code, status, kind, value, currency, minimum_minor, customer_id, expires_at, note, issued_at, issued_by, issue_key, changed_at, order_id)
        VALUES (@RestaurantId, @Code, @Status, @Kind, @Value, @Currency, @MinimumMinor, @CustomerId, @ExpiresAt, @Note, @IssuedAt, @IssuedBy, @IssueKey, @ChangedAt, NULL)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Only from issued, before its end, by its owner: one row or none.</summary>
    public const string Redeem = """
        UPDATE vouchers SET status = 1, order_id = @Order, changed_at = @At
        WHERE restaurant_id = @Restaurant AND code = @Code AND status = 0 AND (expires_at IS NULL OR expires_at > @At) AND (customer_id IS NULL OR customer_id = @Customer)
        """;

    public const string GiveBack = "UPDATE vouchers SET status = 0, order_id = NULL, changed_at = @At WHERE order_id = @Order AND status = 1 RETURNING code";

    public const string Void = $"""
        UPDATE vouchers SET status = 2, changed_at = @At WHERE restaurant_id = @Restaurant AND code = @Code AND status = 0 RETURNING {Columns}
        """;

    /// <summary>A customer who is forgotten cannot come back for what only they could redeem.</summary>
    public const string VoidOfCustomer = "UPDATE vouchers SET status = 2, changed_at = @At WHERE restaurant_id = @Restaurant AND customer_id = @Customer AND status = 0";

    public static string List(VoucherFilters filters) => $"""
        SELECT {Columns} FROM vouchers WHERE restaurant_id = @Restaurant
        {(filters.HasFlag(VoucherFilters.Status) ? "AND status = @Status" : "")}
        {(filters.HasFlag(VoucherFilters.Customer) ? "AND customer_id = @Customer" : "")}
        {(filters.HasFlag(VoucherFilters.Cursor) ? "AND issued_at <= @CursorAt" : "")}
        ORDER BY issued_at DESC, code DESC LIMIT @Limit OFFSET @Seen
        """;
}

/// <summary>Conditions of a listing.</summary>
[Flags]
internal enum VoucherFilters
{
    None = 0,
    Status = 1,
    Customer = 2,
    Cursor = 4,
}
