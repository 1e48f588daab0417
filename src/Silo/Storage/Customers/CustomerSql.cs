using VoiceOrdering.Silo.Storage.Migrations;

namespace VoiceOrdering.Silo.Storage.Customers;

/// <summary>The statements of the customer table, in the words SQLite and PostgreSQL share.</summary>
internal static class CustomerSql
{
    private const string Columns = """
        customer_id AS CustomerId, restaurant_id AS RestaurantId, phone AS Phone, name AS Name, allergens AS Allergens, created_at AS CreatedAt, changed_at AS ChangedAt, version AS Version
        """;

    public const string Find = $"SELECT {Columns} FROM customers WHERE restaurant_id = @Restaurant AND customer_id = @Customer";

    public const string FindByPhone = $"SELECT {Columns} FROM customers WHERE restaurant_id = @Restaurant AND phone = @Phone";

    /// <summary>Whether the customer is there and stays until the transaction ends: who forgets them waits, and then finds the order as well.</summary>
    public static string IsKnown(SqlDialect sql) => $"SELECT 1 FROM customers WHERE restaurant_id = @Restaurant AND customer_id = @Customer {sql.Held}";

    public const string Insert = """
        INSERT INTO customers (customer_id, restaurant_id, phone, name, allergens, created_at, changed_at, version)
        VALUES (@CustomerId, @RestaurantId, @Phone, @Name, @Allergens, @CreatedAt, @ChangedAt, 1) ON CONFLICT DO NOTHING
        """;

    public const string Change = $"""
        UPDATE customers SET name = @Name, allergens = @Allergens, changed_at = @ChangedAt, version = version + 1
        WHERE restaurant_id = @RestaurantId AND customer_id = @CustomerId AND version = @Version RETURNING {Columns}
        """;

    public const string Delete = "DELETE FROM customers WHERE restaurant_id = @Restaurant AND customer_id = @Customer";
}
