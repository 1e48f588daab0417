using System.Globalization;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>
/// Placements without a voucher to redeem as one statement of PostgreSQL, whoever they come from: it looks for keys and sessions, draws the numbers, and writes orders, keys, outbox, deliveries and
/// audit. A placement that it passes over writes nothing and is done in the steps of <see cref="OrderStore.Place"/>, which say the same; the conformance tests hold both to it.
/// </summary>
internal sealed class OrderWrite(OrderPlacement placement, OrderRow row, OrderPayload payload) : IStatementWrite<PlaceResult>
{
    // Passed over: a key or a session that is known, the second of one key or session in the same message, and a customer who was forgotten meanwhile.
    // The looks are scalar, so that every plan goes by the index, row by row, however large the tables have become since it was made.
    // Parts of a statement that change data see the tables as they were before it; foreign keys are looked at when all parts are done.
    // Numbers are drawn in the order of the restaurants, so that two silos never wait for each other.
    private const string Sql = """
        WITH asked AS MATERIALIZED (
          SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
              $12::bigint[], $13::bigint[], $14::bigint[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::bigint[],
              $24::text[], $25::text[])
            WITH ORDINALITY AS a (order_id, restaurant_id, business_day, session_id, cart_version, status, currency, subtotal_minor, tax_minor, included_tax_minor, total_minor,
              placed_at, changed_at, version, via, subject, lines, idempotency_key, fingerprint, delivery_id, payload, payload_end, discount_minor,
              voucher, customer_id, place)),
        known AS MATERIALIZED (
          SELECT c.restaurant_id, c.customer_id FROM customers c WHERE (c.restaurant_id, c.customer_id) IN (SELECT restaurant_id, customer_id FROM asked WHERE customer_id <> '') FOR KEY SHARE),
        fresh AS MATERIALIZED (
          SELECT place, restaurant_id, business_day FROM (
            SELECT place, restaurant_id, business_day, session_id, idempotency_key, customer_id,
              ROW_NUMBER() OVER (PARTITION BY restaurant_id, idempotency_key ORDER BY place) AS of_key, ROW_NUMBER() OVER (PARTITION BY restaurant_id, session_id ORDER BY place) AS of_session
            FROM asked) a
          WHERE of_key = 1 AND of_session = 1
            AND (SELECT 1 FROM submissions s WHERE s.restaurant_id = a.restaurant_id AND s.idempotency_key = a.idempotency_key) IS NULL
            AND (SELECT 1 FROM orders o WHERE o.restaurant_id = a.restaurant_id AND o.session_id = a.session_id) IS NULL
            AND (customer_id = '' OR EXISTS (SELECT 1 FROM known k WHERE k.restaurant_id = a.restaurant_id AND k.customer_id = a.customer_id))),
        drawn AS (
          INSERT INTO order_numbers (restaurant_id, business_day, last_number)
          SELECT restaurant_id, business_day, COUNT(*) FROM fresh GROUP BY restaurant_id, business_day ORDER BY restaurant_id, business_day
          ON CONFLICT (restaurant_id, business_day) DO UPDATE SET last_number = order_numbers.last_number + EXCLUDED.last_number RETURNING restaurant_id, business_day, last_number),
        counted AS (
          SELECT place, (d.last_number - COUNT(*) OVER same_day + ROW_NUMBER() OVER (same_day ORDER BY place))::text AS drawn_number
          FROM fresh f JOIN drawn d ON d.restaurant_id = f.restaurant_id AND d.business_day = f.business_day WINDOW same_day AS (PARTITION BY f.restaurant_id, f.business_day)),
        numbered AS MATERIALIZED (SELECT a.*, LPAD(drawn_number, GREATEST(3, LENGTH(drawn_number)), '0') AS number FROM counted c JOIN asked a ON a.place = c.place),
        placed AS (
          INSERT INTO orders (order_id, restaurant_id, business_day, number, session_id, cart_version, status, currency, subtotal_minor,
            tax_minor, included_tax_minor, total_minor, placed_at, changed_at, version, via, subject, lines, discount_minor, voucher, customer_id)
          SELECT order_id, restaurant_id, business_day, number, session_id, cart_version, status, currency, subtotal_minor, tax_minor, included_tax_minor, total_minor,
            placed_at, changed_at, version, via, subject, lines, discount_minor, NULLIF(voucher, ''), NULLIF(customer_id, '') FROM numbered),
        submitted AS (
          INSERT INTO submissions (restaurant_id, idempotency_key, fingerprint, order_id, created_at) SELECT restaurant_id, idempotency_key, fingerprint, order_id, placed_at FROM numbered),
        told AS (
          INSERT INTO outbox (delivery_id, kind, restaurant_id, order_id, payload, created_at, attempts, next_at)
          SELECT delivery_id, 'order.placed', restaurant_id, order_id, payload || number || payload_end, changed_at, 0, changed_at FROM numbered),
        sent AS (
          INSERT INTO deliveries (delivery_id, event_id, destination_id, restaurant_id, order_id, order_version, state, attempts, created_at, next_at)
          SELECT n.delivery_id || '.' || t.destination_id, n.delivery_id, t.destination_id, t.restaurant_id, n.order_id, n.version, 0, 0, n.changed_at, n.changed_at
          FROM numbered n JOIN destinations t ON t.restaurant_id = n.restaurant_id AND t.enabled = 1
          RETURNING event_id),
        noted AS (
          INSERT INTO audit (at, restaurant_id, subject, action, target, detail) SELECT changed_at, restaurant_id, subject, 'order.placed', order_id, via FROM numbered)
        SELECT place, number, EXISTS (SELECT 1 FROM sent WHERE event_id = delivery_id) FROM numbered
        """;

    public Statement? Statement => placement.VoucherCode is not null ? null : new Statement(Sql, StatementForm.Set,
    [
        row.OrderId, row.RestaurantId, row.BusinessDay, row.SessionId, row.CartVersion, row.Status, row.Currency, row.SubtotalMinor, row.TaxMinor, row.IncludedTaxMinor,
        row.TotalMinor, row.PlacedAt, row.ChangedAt, row.Version, row.Via, row.Subject, row.Lines, placement.IdempotencyKey, placement.Fingerprint,
        string.Create(CultureInfo.InvariantCulture, $"{row.OrderId}-v{row.Version}"), payload.Head, payload.Tail, row.DiscountMinor, row.Voucher ?? "", row.CustomerId ?? "",
    ]);

    /// <summary>Whether there is something to deliver now.</summary>
    public bool IsForSomebody { get; private set; } = true;

    public PlaceResult Take(IReadOnlyList<object> answer)
    {
        row.Number = (string)answer[0];
        IsForSomebody = (bool)answer[1];
        return new PlaceResult(row.ToView(placement.Order), PlaceResultKind.Placed);
    }

    public PlaceResult Run(SqlSession session) => OrderStore.Place(session, placement, row, payload);

    /// <summary>Row and JSON are made on the caller's thread; the writer's time is everybody's.</summary>
    public static OrderWrite Of(OrderPlacement placement)
    {
        var row = OrderRow.From(placement);
        return new OrderWrite(placement, row, OrderPayload.Of(row, placement.Order));
    }
}
