using System.Globalization;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>
/// A placement without a voucher to redeem as one statement of PostgreSQL: it looks for key and session, draws the number, and writes order, key, outbox, deliveries and audit, or nothing. The steps
/// of <see cref="OrderStore.Place"/> say the same; the conformance tests hold both to it.
/// </summary>
internal sealed class OrderWrite(OrderPlacement placement, OrderRow row) : IStatementWrite<PlaceResult>
{
    // Stands in the payload where the number will be; in a customer's text the quotation marks would be escaped.
    private const string Unnumbered = "\"number\":\"~\"";

    // A customer who is forgotten meanwhile is the steps' business: the statement writes nothing.
    // Parts of a statement that change data see the tables as they were before it; foreign keys are looked at when all parts are done.
    private const string Sql = """
        WITH known AS MATERIALIZED (SELECT 1 FROM customers WHERE restaurant_id = $2 AND customer_id = $26 FOR KEY SHARE),
        drawn AS (
          INSERT INTO order_numbers (restaurant_id, business_day, last_number)
          SELECT $2, $3, 1 WHERE NOT EXISTS (SELECT 1 FROM submissions WHERE restaurant_id = $2 AND idempotency_key = $18)
            AND NOT EXISTS (SELECT 1 FROM orders WHERE restaurant_id = $2 AND session_id = $4)
            AND ($26 = '' OR EXISTS (SELECT 1 FROM known))
          ON CONFLICT (restaurant_id, business_day) DO UPDATE SET last_number = order_numbers.last_number + 1 RETURNING last_number),
        numbered AS MATERIALIZED (SELECT LPAD(last_number::text, GREATEST(3, LENGTH(last_number::text)), '0') AS number FROM drawn),
        placed AS (
          INSERT INTO orders (order_id, restaurant_id, business_day, number, session_id, cart_version, status, currency, subtotal_minor,
            tax_minor, included_tax_minor, total_minor, placed_at, changed_at, version, via, subject, lines, discount_minor, voucher, customer_id)
          SELECT $1, $2, $3, number, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $24, NULLIF($25, ''), NULLIF($26, '') FROM numbered),
        submitted AS (
          INSERT INTO submissions (restaurant_id, idempotency_key, fingerprint, order_id, created_at) SELECT $2, $18, $19, $1, $12 FROM numbered),
        told AS (
          INSERT INTO outbox (delivery_id, kind, restaurant_id, order_id, payload, created_at, attempts, next_at)
          SELECT $20, $21, $2, $1, $22 || number || $23, $13, 0, $13 FROM numbered),
        sent AS (
          INSERT INTO deliveries (delivery_id, event_id, destination_id, restaurant_id, order_id, order_version, state, attempts, created_at, next_at)
          SELECT $20 || '.' || t.destination_id, $20, t.destination_id, t.restaurant_id, $1, $14, 0, 0, $13, $13
          FROM destinations t, numbered WHERE t.restaurant_id = $2 AND t.enabled = 1),
        noted AS (
          INSERT INTO audit (at, restaurant_id, subject, action, target, detail) SELECT $13, $2, $16, $21, $1, $15 FROM numbered)
        SELECT number FROM numbered
        """;

    public Statement? Statement { get; } = placement.VoucherCode is null ? Write(placement, row) : null;

    public PlaceResult Take(object answer)
    {
        row.Number = (string)answer;
        return new PlaceResult(row.ToView(placement.Order), PlaceResultKind.Placed);
    }

    public PlaceResult Run(SqlSession session) => OrderStore.Place(session, placement, row);

    private static Statement Write(OrderPlacement placement, OrderRow row)
    {
        row.Number = "~";
        var payload = WireJson.Write(row.ToView(placement.Order));
        var number = payload.IndexOf(Unnumbered, StringComparison.Ordinal) + Unnumbered.Length - 2;
        return new Statement(
            Sql, row.OrderId, row.RestaurantId, row.BusinessDay, row.SessionId, row.CartVersion, row.Status, row.Currency, row.SubtotalMinor, row.TaxMinor, row.IncludedTaxMinor,
            row.TotalMinor, row.PlacedAt, row.ChangedAt, row.Version, row.Via, row.Subject, row.Lines, placement.IdempotencyKey, placement.Fingerprint,
            string.Create(CultureInfo.InvariantCulture, $"{row.OrderId}-v{row.Version}"), "order.placed", payload[..number], payload[(number + 1)..],
            row.DiscountMinor, row.Voucher ?? "", row.CustomerId ?? "");
    }
}
