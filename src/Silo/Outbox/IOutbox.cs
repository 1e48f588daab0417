namespace VoiceOrdering.Silo.Outbox;

/// <summary>
/// Deliveries of order events to a restaurant's destinations. They are written with the order in one transaction, one row for each destination that stood at that
/// moment, and go out at least once under a stable id.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Takes due deliveries for sending, oldest first: each is due again when the lease is over, unless it is marked before. A delivery waits while an earlier one of the
    /// same order to the same destination is pending, so that a receiver sees an order before its changes.
    /// </summary>
    /// <param name="claim">What to take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<OutboxDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken);

    /// <summary>When the next delivery is due that nobody has claimed, or null when there is none. UTC.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="except">Destinations that are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<DateTimeOffset?> FindNextDueAsync(DateTimeOffset now, IReadOnlySet<string> except, CancellationToken cancellationToken);

    /// <summary>Takes back what a process that is gone had claimed; for a store that one process owns alone, at its start.</summary>
    Task RecoverAsync(CancellationToken cancellationToken);

    /// <summary>The receiver has it; the row is kept for the record. Repeated calls change nothing.</summary>
    Task MarkDeliveredAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>An attempt failed: counts it and says when to try next.</summary>
    /// <param name="deliveryId">The row.</param>
    /// <param name="nextAt">UTC.</param>
    /// <param name="error">Why, without personal data; cut at 500 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task MarkFailedAsync(string deliveryId, DateTimeOffset nextAt, string error, CancellationToken cancellationToken);

    /// <summary>An attempt failed for good: the delivery goes to the dead letters, where somebody can replay it.</summary>
    Task MarkDeadAsync(string deliveryId, string error, CancellationToken cancellationToken);

    /// <summary>Gives a claimed delivery back unsent.</summary>
    Task ReleaseAsync(string deliveryId, DateTimeOffset nextAt, CancellationToken cancellationToken);

    /// <summary>Makes everything pending of a destination due now: it is back, or was changed.</summary>
    Task HurryAsync(string destinationId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Sends again what is dead or was delivered, under the same id; what is pending is due at once, what is being sent is left alone.</summary>
    /// <param name="restaurant">Only a delivery of this one; null for any, for operators.</param>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it, and whose delivery it is; empty when there is none.</returns>
    Task<(ReplayOutcome Outcome, string Restaurant)> ReplayAsync(string? restaurant, string deliveryId, CancellationToken cancellationToken);

    /// <summary>Sends all dead letters of a destination again. The caller has made sure whose it is.</summary>
    /// <returns>How many.</returns>
    Task<int> ReplayDeadAsync(string destinationId, CancellationToken cancellationToken);

    /// <summary>Deliveries, newest first.</summary>
    Task<IReadOnlyList<DeliveryRecord>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>How many are pending and dead, and when the oldest pending one was made.</summary>
    Task<OutboxBacklog> CountAsync(CancellationToken cancellationToken);
}

/// <summary>What to take for sending.</summary>
/// <param name="Now">UTC.</param>
/// <param name="Lease">After which an unmarked delivery is due again.</param>
/// <param name="Limit">1–1,000.</param>
/// <param name="EachAtMost">Deliveries of a destination that is not in <paramref name="Places"/>, 1–64.</param>
/// <param name="Places">How many more a destination can take at the moment, 0 or more.</param>
public sealed record OutboxClaim(DateTimeOffset Now, TimeSpan Lease, int Limit, int EachAtMost, IReadOnlyDictionary<string, int> Places);

/// <summary>One delivery to be sent.</summary>
/// <param name="DeliveryId">Stable over attempts and restarts; receivers drop repeats by it.</param>
/// <param name="DestinationId">Where it goes.</param>
/// <param name="Kind"><c>order.placed</c> or <c>order.status</c>.</param>
/// <param name="Restaurant">The restaurant.</param>
/// <param name="Order">The order.</param>
/// <param name="PayloadJson">The order as it was then, in the wire dialect.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Attempts">Failed attempts so far.</param>
public sealed record OutboxDelivery(
    string DeliveryId, string DestinationId, string Kind, string Restaurant, string Order, string PayloadJson, DateTimeOffset CreatedAt, int Attempts)
{
    /// <summary>How its destination is reached.</summary>
    public DestinationKind Channel { get; init; }
}

/// <summary>What came of the wish to send a delivery again.</summary>
public enum ReplayOutcome
{
    /// <summary>It goes out again.</summary>
    Replayed,
    /// <summary>There is no such delivery.</summary>
    Unknown,
    /// <summary>Its destination was removed.</summary>
    DestinationGone,
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Waits to be sent or sent again.</summary>
    Pending = 0,
    /// <summary>The receiver confirmed it.</summary>
    Delivered = 1,
    /// <summary>Given up; somebody may replay it.</summary>
    Dead = 2,
}

/// <summary>Which deliveries to list.</summary>
/// <param name="Restaurant">The restaurant; null for all, for operators.</param>
/// <param name="State">Only these; null for all.</param>
/// <param name="Order">Only of this order; null for all.</param>
/// <param name="Limit">1–201.</param>
public sealed record DeliveryQuery(string? Restaurant, DeliveryState? State, string? Order, int Limit)
{
    /// <summary>Goes on behind the last one of a page: its instant and id; null from the newest.</summary>
    public (DateTimeOffset CreatedAt, string DeliveryId)? Before { get; init; }
}

/// <summary>A delivery as staff see it.</summary>
/// <param name="DeliveryId">Stable id.</param>
/// <param name="DestinationId">Where it goes.</param>
/// <param name="Kind"><c>order.placed</c> or <c>order.status</c>.</param>
/// <param name="OrderId">The order.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Failed attempts.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="NextAt">When it is tried next, UTC; for pending ones.</param>
/// <param name="DeliveredAt">UTC; for delivered ones.</param>
/// <param name="LastError">Of the last failed attempt.</param>
public sealed record DeliveryRecord(
    string DeliveryId, string DestinationId, string Kind, string OrderId, DeliveryState State, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? DeliveredAt, string? LastError)
{
    /// <summary>Whose it is.</summary>
    public string RestaurantId { get; init; } = "";
}

/// <summary>What waits.</summary>
/// <param name="Pending">Deliveries to be sent.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestPendingAt">When the oldest pending one was made, UTC; what waits for a destination that is switched off does not count.</param>
public sealed record OutboxBacklog(long Pending, long Dead, DateTimeOffset? OldestPendingAt);
