using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Orders;

/// <summary>A placed order's status machine. Key: order id. The order itself lives in the order store.</summary>
[Alias("vo.IOrderGrain")]
public interface IOrderGrain : IGrainWithStringKey
{
    /// <summary>The order; refuses <c>ORDER_UNKNOWN</c> (also for an order of another restaurant).</summary>
    [Alias("View")] Task<Outcome<OrderView>> ViewAsync(Caller caller);

    /// <summary>Moves the order; refuses <c>ORDER_UNKNOWN</c>, <c>SCOPE_MISSING</c> (<c>orders:write</c>), <c>TRANSITION_INVALID</c>. <c>RECALL_LATE</c>. Moving to the present status is accepted and changes nothing.</summary>
    [Alias("ChangeStatus")] Task<Outcome<OrderView>> ChangeStatusAsync(Caller caller, OrderStatus status);
}

/// <summary>Status of an order; the table of allowed moves is <c>OrderTransitions</c>.</summary>
[GenerateSerializer, Alias("vo.OrderStatus")]
public enum OrderStatus
{
    /// <summary>Stored, not yet seen by the kitchen.</summary>
    Placed = 0,
    /// <summary>Taken on by the kitchen.</summary>
    Accepted = 1,
    /// <summary>Being prepared.</summary>
    Preparing = 2,
    /// <summary>Ready to be handed over.</summary>
    Ready = 3,
    /// <summary>Handed over; final.</summary>
    Completed = 4,
    /// <summary>Cancelled; final.</summary>
    Cancelled = 5,
}

/// <summary>An order as staff and customers see it.</summary>
[GenerateSerializer, Immutable, Alias("vo.OrderView")]
public sealed record OrderView
{
    /// <summary>The order.</summary>
    [Id(0)] public required OrderId Id { get; init; }
    /// <summary>Short number staff call out, unique per restaurant and day.</summary>
    [Id(1)] public required string Number { get; init; }
    /// <summary>The restaurant it belongs to.</summary>
    [Id(2)] public required RestaurantId Restaurant { get; init; }
    /// <summary>The session it came from.</summary>
    [Id(3)] public required SessionId Session { get; init; }
    /// <summary>Present status.</summary>
    [Id(4)] public OrderStatus Status { get; init; }
    /// <summary>The lines as priced when placed.</summary>
    [Id(5)] public IReadOnlyList<CartLine> Lines { get; init; } = [];
    /// <summary>Sum of the line prices.</summary>
    [Id(6)] public Money Subtotal { get; init; }
    /// <summary>Tax added on top of the subtotal.</summary>
    [Id(7)] public Money Tax { get; init; }
    /// <summary>What the customer pays.</summary>
    [Id(8)] public Money Total { get; init; }
    /// <summary>UTC instant the order was stored.</summary>
    [Id(9)] public DateTimeOffset PlacedAt { get; init; }
    /// <summary>UTC instant of the last status change.</summary>
    [Id(10)] public DateTimeOffset ChangedAt { get; init; }
    /// <summary>Grows by one with every change of the row.</summary>
    [Id(11)] public long Version { get; init; }
    /// <summary><c>voice</c>, <c>click</c> or <c>text</c>.</summary>
    [Id(12)] public string Via { get; init; } = "click";
    /// <summary>Tax contained in the prices; 0 when tax is added on top.</summary>
    [Id(13)] public Money IncludedTax { get; init; }
    /// <summary>What the voucher took off the subtotal.</summary>
    [Id(14)] public Money Discount { get; init; }
    /// <summary>Last four digits of the voucher it redeemed, or null: who reads orders must not be able to use a voucher that was given back.</summary>
    [Id(15)] public string? Voucher { get; init; }
    /// <summary>The customer, or null.</summary>
    [Id(16)] public string? CustomerId { get; init; }
}
