using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Vouchers;

/// <summary>What can happen to a voucher.</summary>
public enum VoucherEvent
{
    /// <summary>An order with it is stored.</summary>
    OrderPlaced,
    /// <summary>The order that redeemed it is cancelled.</summary>
    OrderCancelled,
    /// <summary>The restaurant takes it back.</summary>
    TakenBack,
}

/// <summary>The table of a voucher's moves; the statements of the stores say the same in SQL. What is not listed does not happen.</summary>
public static class VoucherTransitions
{
    private static readonly Dictionary<(VoucherStatus From, VoucherEvent Event), VoucherStatus> Table = new()
    {
        [(VoucherStatus.Issued, VoucherEvent.OrderPlaced)] = VoucherStatus.Redeemed,
        [(VoucherStatus.Redeemed, VoucherEvent.OrderCancelled)] = VoucherStatus.Issued,
        [(VoucherStatus.Issued, VoucherEvent.TakenBack)] = VoucherStatus.Voided,
    };

    /// <summary>The status after the event, or null when the event cannot happen in this status.</summary>
    public static VoucherStatus? Next(VoucherStatus from, VoucherEvent happening) => Table.TryGetValue((from, happening), out var to) ? to : null;
}
