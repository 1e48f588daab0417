namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>Deliveries that were stored with an order and wait to be sent; at least once, under a stable id.</summary>
public interface IOutbox
{
    /// <summary>Undelivered rows whose time has come, oldest due first.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="limit">1–1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<OutboxDelivery>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The receiver has it; the row is kept for the record. Repeated calls change nothing.</summary>
    Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>An attempt failed: counts it and says when to try next.</summary>
    /// <param name="deliveryId">The row.</param>
    /// <param name="nextAt">UTC.</param>
    /// <param name="error">Why, without personal data; cut at 500 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task MarkFailedAsync(string deliveryId, DateTimeOffset nextAt, string error, CancellationToken cancellationToken);
}

/// <summary>One delivery.</summary>
/// <param name="DeliveryId">Stable over attempts and restarts; receivers drop repeats by it.</param>
/// <param name="Kind"><c>order.placed</c> or <c>order.status</c>.</param>
/// <param name="Restaurant">The restaurant.</param>
/// <param name="Order">The order.</param>
/// <param name="PayloadJson">The order as it was then, in the wire dialect.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Attempts">Failed attempts so far.</param>
public sealed record OutboxDelivery(string DeliveryId, string Kind, string Restaurant, string Order, string PayloadJson, DateTimeOffset CreatedAt, int Attempts);
