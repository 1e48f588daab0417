using System.Globalization;
using VoiceOrdering.TestKit.Receivers;

namespace VoiceOrdering.Load.Orders;

/// <summary>What was seen from outside in one run; the invariants are judged on it alone.</summary>
internal sealed record SimulationRecord(OrderPlan Plan)
{
    /// <summary>What customers were told, one for each submission that was acknowledged.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>Orders as the API lists them, with the index of the restaurant whose list they were in.</summary>
    public IReadOnlyList<StoredOrder> Stored { get; init; } = [];

    /// <summary>Vouchers as the API lists them.</summary>
    public IReadOnlyList<ListedVoucher> Vouchers { get; init; } = [];

    /// <summary>What each point of sale saw, in order; the index is the restaurant's.</summary>
    public IReadOnlyList<IReadOnlyList<PosDelivery>> Seen { get; init; } = [];

    /// <summary>Deliveries that are neither delivered nor waiting any more, or still wait at the end.</summary>
    public IReadOnlyList<string> Unsettled { get; init; } = [];

    /// <summary>Requests that had to be repeated.</summary>
    public int Retries { get; init; }

    /// <summary>Kills that were done.</summary>
    public int Kills { get; init; }

    /// <summary>From the first order to the last delivery.</summary>
    public TimeSpan Took { get; init; }

    public string Summary()
    {
        var seen = Seen.Sum(deliveries => deliveries.Count);
        var taken = Seen.Sum(deliveries => deliveries.Count(delivery => delivery.Status is >= 200 and < 300));
        var distinct = Seen.SelectMany(deliveries => deliveries).Select(delivery => delivery.DeliveryId).Distinct().Count();
        return string.Create(CultureInfo.InvariantCulture, $"""
              {Stored.Count} orders stored of {Plan.Orders.Count} placed with {Receipts.Count} acknowledged submissions ({Retries} requests repeated), process killed {Kills} times, {Took.TotalSeconds:0.0} s
              {Vouchers.Count(voucher => voucher.Status == "redeemed")} of {Vouchers.Count} vouchers redeemed; {Plan.Orders.Count(order => order.Voucher is not null)} orders wanted one, {Stored.Count(order => order.Status == "cancelled")} orders were cancelled
              {seen} webhooks sent, {taken} taken, {distinct} different
            """);
    }
}

/// <summary>An acknowledged submission.</summary>
/// <param name="Number">Of the planned order.</param>
/// <param name="OrderId">As answered.</param>
/// <param name="TotalMinor">As answered.</param>
internal sealed record Receipt(int Number, string OrderId, long TotalMinor);

/// <summary>An order as listed.</summary>
/// <param name="Restaurant">Whose list it was in.</param>
/// <param name="OrderId">Its id.</param>
/// <param name="Number">What staff call out.</param>
/// <param name="Status">Present status.</param>
/// <param name="TotalMinor">What the customer pays.</param>
internal sealed record StoredOrder(int Restaurant, string OrderId, string Number, string Status, long TotalMinor)
{
    /// <summary>What a voucher took off.</summary>
    public long DiscountMinor { get; init; }

    /// <summary>Last digits of that voucher, or null.</summary>
    public string? Voucher { get; init; }
}

/// <summary>A voucher as listed.</summary>
/// <param name="Restaurant">Whose list it was in.</param>
/// <param name="Code">Its code.</param>
/// <param name="Status">issued, redeemed or voided.</param>
/// <param name="OrderId">The order that redeemed it, or null.</param>
internal sealed record ListedVoucher(int Restaurant, string Code, string Status, string? OrderId);
