using System.Text.Json;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Silo.Storage.Orders;

/// <summary>A row of <c>orders</c> as Dapper reads and writes it.</summary>
internal sealed class OrderRow
{
    public string OrderId { get; set; } = "";
    public string RestaurantId { get; set; } = "";
    public long BusinessDay { get; set; }
    public string Number { get; set; } = "";
    public string SessionId { get; set; } = "";
    public long CartVersion { get; set; }
    public long Status { get; set; }
    public string Currency { get; set; } = "";
    public long SubtotalMinor { get; set; }
    public long TaxMinor { get; set; }
    public long IncludedTaxMinor { get; set; }
    public long TotalMinor { get; set; }
    public long PlacedAt { get; set; }
    public long ChangedAt { get; set; }
    public long Version { get; set; }
    public string Via { get; set; } = "";
    public string Subject { get; set; } = "";
    public string Lines { get; set; } = "";
    public long DiscountMinor { get; set; }
    public string? Voucher { get; set; }
    public string? CustomerId { get; set; }

    /// <summary>The row of a placement, without its number.</summary>
    /// <exception cref="ArgumentException">The amounts are in different currencies.</exception>
    public static OrderRow From(OrderPlacement placement)
    {
        var order = placement.Order;
        var currency = order.Total.Currency;
        var others = order.Lines.Select(line => line.LinePrice).Append(order.Subtotal).Append(order.Tax).Append(order.IncludedTax).Append(order.Discount);
        // An amount nobody set is zero without a currency.
        if (string.IsNullOrEmpty(currency) || others.Any(money => money != default && money.Currency != currency))
        {
            throw new ArgumentException($"Order {order.Id} has amounts in more than one currency.", nameof(placement));
        }
        var placedAt = order.PlacedAt.ToUnixTimeMilliseconds();
        return new OrderRow
        {
            OrderId = order.Id.Value,
            RestaurantId = order.Restaurant.Value,
            BusinessDay = placedAt / 86_400_000,
            SessionId = order.Session.Value,
            CartVersion = placement.CartVersion,
            Status = (long)order.Status,
            Currency = currency,
            SubtotalMinor = order.Subtotal.AmountMinor,
            TaxMinor = order.Tax.AmountMinor,
            IncludedTaxMinor = order.IncludedTax.AmountMinor,
            TotalMinor = order.Total.AmountMinor,
            PlacedAt = placedAt,
            ChangedAt = placedAt,
            Version = 1,
            Via = order.Via,
            Subject = placement.Subject,
            Lines = WireJson.Write(order.Lines),
            DiscountMinor = order.Discount.AmountMinor,
            Voucher = order.Voucher,
            CustomerId = order.CustomerId,
        };
    }

    /// <summary>The placed order as reading it back would read it back, without reading its lines again.</summary>
    public OrderView ToView(OrderView placed) => placed with
    {
        Number = Number,
        Tax = new Money(TaxMinor, Currency),
        IncludedTax = new Money(IncludedTaxMinor, Currency),
        Subtotal = new Money(SubtotalMinor, Currency),
        Discount = new Money(DiscountMinor, Currency),
        PlacedAt = DateTimeOffset.FromUnixTimeMilliseconds(PlacedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
        Version = Version,
        CustomerId = CustomerId,
    };

    public OrderView ToView() => new()
    {
        Id = new OrderId(OrderId),
        Number = Number,
        Restaurant = new RestaurantId(RestaurantId),
        Session = new SessionId(SessionId),
        Status = (OrderStatus)Status,
        Lines = JsonSerializer.Deserialize<IReadOnlyList<CartLine>>(Lines, WireJson.Options)!,
        Subtotal = new Money(SubtotalMinor, Currency),
        Tax = new Money(TaxMinor, Currency),
        IncludedTax = new Money(IncludedTaxMinor, Currency),
        Total = new Money(TotalMinor, Currency),
        PlacedAt = DateTimeOffset.FromUnixTimeMilliseconds(PlacedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
        Version = Version,
        Via = Via,
        Discount = new Money(DiscountMinor, Currency),
        Voucher = Voucher,
        CustomerId = CustomerId,
    };
}
