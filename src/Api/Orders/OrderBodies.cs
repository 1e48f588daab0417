using VoiceOrdering.Api.Carts;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Api.Orders;

/// <summary>Moves an order.</summary>
internal sealed record ChangeStatusRequest : TenantScopedRequest
{
    public OrderStatus? Status { get; init; }
}

/// <summary>What happened to an order, oldest first.</summary>
internal sealed record OrderHistoryBody(IReadOnlyList<OrderStepBody> Steps);

/// <summary>One step of an order.</summary>
/// <param name="At">UTC.</param>
/// <param name="By">Subject that did it.</param>
/// <param name="Status">Status from then on.</param>
/// <param name="Via">voice, click or text; of the placement.</param>
internal sealed record OrderStepBody(DateTimeOffset At, string By, string Status, string? Via);

/// <summary>A page of orders, newest first.</summary>
internal sealed record OrdersBody(IReadOnlyList<OrderBody> Orders, string? NextCursor);

/// <summary>An order on the wire; the same in answers, in the session's <c>order.placed</c> and in the kitchen feed.</summary>
internal sealed record OrderBody
{
    public required string OrderId { get; init; }

    /// <summary>Short number staff call out.</summary>
    public required string Number { get; init; }

    public required string SessionId { get; init; }

    public required OrderStatus Status { get; init; }

    public required IReadOnlyList<LineBody> Lines { get; init; }

    public required Money Subtotal { get; init; }

    public required Money Tax { get; init; }

    /// <summary>Tax contained in the prices, for menus that include it.</summary>
    public Money? IncludedTax { get; init; }

    /// <summary>What a voucher took off the subtotal; absent without one.</summary>
    public Money? Discount { get; init; }

    /// <summary>Last four digits of the voucher.</summary>
    public string? Voucher { get; init; }

    public string? CustomerId { get; init; }

    public required Money Total { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Of two copies of an order the higher version is the newer one.</summary>
    public required long Version { get; init; }

    /// <summary>voice, click or text.</summary>
    public required string Via { get; init; }

    public static OrderBody From(OrderView order) => new()
    {
        OrderId = order.Id.Value,
        Number = order.Number,
        SessionId = order.Session.Value,
        Status = order.Status,
        Lines = LineBody.From(order.Lines),
        Subtotal = order.Subtotal,
        Tax = order.Tax,
        IncludedTax = order.IncludedTax.Currency is null ? null : order.IncludedTax,
        Discount = order.Voucher is null ? null : order.Discount,
        Voucher = order.Voucher,
        CustomerId = order.CustomerId,
        Total = order.Total,
        PlacedAt = order.PlacedAt,
        ChangedAt = order.ChangedAt,
        Version = order.Version,
        Via = order.Via,
    };
}
