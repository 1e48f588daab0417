using VoiceOrdering.Carts;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Api.Carts;

/// <summary>The cart on the wire; the same in answers and in <c>cart.changed</c>.</summary>
internal sealed record CartBody
{
    public required string SessionId { get; init; }

    public required long Version { get; init; }

    public required IReadOnlyList<LineBody> Lines { get; init; }

    public required Money Subtotal { get; init; }

    public required Money Tax { get; init; }

    /// <summary>Tax contained in the prices, for menus that include it.</summary>
    public Money? IncludedTax { get; init; }

    /// <summary>What the voucher takes off the subtotal; absent without one.</summary>
    public Money? Discount { get; init; }

    public CartVoucherBody? Voucher { get; init; }

    /// <summary>The customer the cart is bound to.</summary>
    public string? CustomerId { get; init; }

    public required Money Total { get; init; }

    /// <summary>Set once the cart became an order.</summary>
    public string? OrderId { get; init; }

    public static CartBody From(CartView view) => new()
    {
        SessionId = view.Session.Value,
        Version = view.Version,
        Lines = LineBody.From(view.Lines),
        Subtotal = view.Subtotal,
        Tax = view.Tax,
        IncludedTax = view.IncludedTax.Currency is null ? null : view.IncludedTax,
        Discount = view.Voucher is null ? null : view.Discount,
        Voucher = view.Voucher is { } voucher ? new CartVoucherBody(voucher.Code, new Money(voucher.MinimumMinor, voucher.Currency)) : null,
        CustomerId = view.CustomerId,
        Total = view.Total,
        OrderId = view.Order?.Value,
    };
}

/// <summary>The voucher of a cart on the wire.</summary>
/// <param name="Code">Twelve digits.</param>
/// <param name="Minimum">Subtotal from which it counts.</param>
internal sealed record CartVoucherBody(string Code, Money Minimum);

/// <summary>A line of a cart or order on the wire.</summary>
internal sealed record LineBody
{
    public required string LineId { get; init; }

    public required string ItemId { get; init; }

    public required string Name { get; init; }

    public string? Size { get; init; }

    public string? SizeName { get; init; }

    public required IReadOnlyList<ChosenOption> Options { get; init; }

    public required IReadOnlyList<ChosenOption> Without { get; init; }

    /// <summary>How much of an option, where that was said.</summary>
    public required IReadOnlyList<ChosenAmount> Amounts { get; init; }

    /// <summary>Wishes that are no choice of the item.</summary>
    public required IReadOnlyList<SpecialRequest> Requests { get; init; }

    public required int Quantity { get; init; }

    public required Money UnitPrice { get; init; }

    public required Money LinePrice { get; init; }

    /// <summary>0 to 1; absent for a hand edit.</summary>
    public double? Confidence { get; init; }

    public required IReadOnlyList<string> Allergens { get; init; }

    /// <summary>Set when the menu changed so that the line cannot be ordered as it is.</summary>
    public LineNotice? Notice { get; init; }

    public static IReadOnlyList<LineBody> From(IReadOnlyList<CartLine> lines) =>
    [
        .. lines.Select(line => new LineBody
        {
            LineId = line.LineId,
            ItemId = line.ItemId,
            Name = line.Name,
            Size = line.Size,
            SizeName = line.SizeName,
            Options = line.Options,
            Without = line.Without,
            Amounts = line.Amounts,
            Requests = line.Requests,
            Quantity = line.Quantity,
            UnitPrice = line.UnitPrice,
            LinePrice = line.LinePrice,
            Confidence = line.Confidence,
            Allergens = line.Allergens,
            Notice = line.Notice,
        }),
    ];
}
