using VoiceOrdering.Identity;

namespace VoiceOrdering.Orders;

/// <summary>
/// The relational home of orders, idempotency results and outbox rows. Implemented by the silo on SQLite or PostgreSQL; the same
/// conformance tests run on every implementation. Every method is durable when it returns; failures of the database are exceptions.
/// </summary>
public interface IOrderStore
{
    /// <summary>
    /// Stores the order, the key's result and the outbox rows in one transaction. When the (restaurant, key) is already there or the
    /// session has an order, nothing is written and the earlier order is returned. An order with a voucher redeems it in the same
    /// transaction; when the voucher cannot be redeemed nothing is written.
    /// </summary>
    Task<PlaceResult> PlaceAsync(OrderPlacement placement, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers another key for an order that is stored already, so that the key cannot be used for another payload later. Nothing else changes.
    /// </summary>
    /// <param name="placement">The placement of the order with the other key and its fingerprint.</param>
    /// <param name="mostKeys">Keys one order may have, at least 1.</param>
    /// <param name="cancellationToken">Gives up waiting; the key may be remembered all the same.</param>
    Task<PlaceResultKind> RememberKeyAsync(OrderPlacement placement, int mostKeys, CancellationToken cancellationToken);

    /// <summary>The stored result of a key, or null.</summary>
    Task<StoredSubmission?> FindSubmissionAsync(RestaurantId restaurant, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>An order of this restaurant, or null (also when it belongs to another one).</summary>
    Task<OrderView?> FindAsync(RestaurantId restaurant, OrderId order, CancellationToken cancellationToken);

    /// <summary>
    /// The order that a session's cart became, or null (also when the session is another restaurant's). Never null because a placement by this process is still on its way, also when its answer was lost;
    /// until that is known it throws.
    /// </summary>
    Task<PlacedCart?> FindOfSessionAsync(RestaurantId restaurant, SessionId session, CancellationToken cancellationToken);

    /// <summary>Changes the status when the row still has <see cref="StatusChange.ExpectedVersion"/>, with an audit and an outbox row; null when the row moved on. A cancelled order gives its voucher back.</summary>
    Task<OrderView?> ChangeStatusAsync(StatusChange change, CancellationToken cancellationToken);

    /// <summary>Forgets results of idempotency keys that were stored before an instant, at most so many at once; the orders stay.</summary>
    /// <returns>How many were forgotten.</returns>
    Task<int> PurgeSubmissionsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets events of orders that were stored before an instant and have nothing to deliver any more, with their deliveries, at most so many at once; the orders
    /// and the audit stay. An event with a delivery that waits or is a dead letter is kept.
    /// </summary>
    /// <returns>How many were forgotten.</returns>
    Task<int> PurgeEventsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Orders of one restaurant, newest first.</summary>
    Task<OrderPage> ListAsync(OrderQuery query, CancellationToken cancellationToken);
}

/// <summary>An order about to be stored. The store draws the order number.</summary>
/// <param name="Order">The order; <c>Number</c> is ignored.</param>
/// <param name="CartVersion">Version of the cart it was made from.</param>
/// <param name="IdempotencyKey">The caller's key, unique in the restaurant.</param>
/// <param name="Fingerprint">Hash of the request's payload.</param>
/// <param name="Subject">Who submitted, for the audit.</param>
[GenerateSerializer, Immutable, Alias("vo.OrderPlacement")]
public sealed record OrderPlacement([property: Id(0)] OrderView Order, [property: Id(1)] long CartVersion, [property: Id(2)] string IdempotencyKey, [property: Id(3)] string Fingerprint, [property: Id(4)] string Subject)
{
    /// <summary>Code of the voucher to redeem, or null.</summary>
    [Id(5)] public string? VoucherCode { get; init; }
}

/// <summary>What came of a placement.</summary>
/// <param name="Order">The stored order, new or earlier.</param>
/// <param name="Kind">New, replayed or a reused key.</param>
public sealed record PlaceResult(OrderView Order, PlaceResultKind Kind);

/// <summary>What came of a placement.</summary>
public enum PlaceResultKind
{
    /// <summary>The order is new.</summary>
    Placed,
    /// <summary>The same key had placed an order already, or the session has one.</summary>
    Replayed,
    /// <summary>The key belongs to another payload; nothing was written.</summary>
    KeyReused,
    /// <summary>The order has as many keys as it may have; nothing was written.</summary>
    KeysExhausted,
    /// <summary>The order's voucher is not issued, has expired or is another customer's; nothing was written.</summary>
    VoucherRefused,
}

/// <summary>The order a cart became.</summary>
/// <param name="Order">The order as it is now.</param>
/// <param name="CartVersion">Version of the cart it was made from.</param>
public sealed record PlacedCart(OrderView Order, long CartVersion);

/// <summary>The stored first answer of an idempotency key.</summary>
/// <param name="Order">The order it led to.</param>
/// <param name="Fingerprint">Hash of the first request's payload.</param>
public sealed record StoredSubmission(OrderView Order, string Fingerprint);

/// <summary>A status change guarded by the row's version.</summary>
/// <param name="Restaurant">The restaurant.</param>
/// <param name="Order">The order.</param>
/// <param name="Status">The new status.</param>
/// <param name="ExpectedVersion">The row version it was decided on.</param>
/// <param name="Subject">Who moved it, for the audit.</param>
/// <param name="At">UTC instant of the change.</param>
public sealed record StatusChange(RestaurantId Restaurant, OrderId Order, OrderStatus Status, long ExpectedVersion, string Subject, DateTimeOffset At);

/// <summary>Which orders to list.</summary>
/// <param name="Restaurant">The restaurant.</param>
/// <param name="Statuses">Only these; empty for all.</param>
/// <param name="Since">Only placed or changed at or after; null for all.</param>
/// <param name="Limit">1–200.</param>
/// <param name="Cursor">From the previous page, or null.</param>
public sealed record OrderQuery(RestaurantId Restaurant, IReadOnlyList<OrderStatus> Statuses, DateTimeOffset? Since, int Limit, string? Cursor);

/// <summary>A page of orders.</summary>
/// <param name="Orders">Newest first.</param>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record OrderPage(IReadOnlyList<OrderView> Orders, string? NextCursor);
