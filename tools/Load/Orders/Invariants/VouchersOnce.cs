namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>
/// A voucher is redeemed by one order that was not cancelled and wanted it, and that order, no other, is cheaper by it; one that is not redeemed made no order cheaper.
/// </summary>
internal sealed class VouchersOnce : IOrderInvariant
{
    public string Name => "vouchers once";

    public IEnumerable<string> Violations(SimulationRecord record)
    {
        var planned = record.Plan.Orders.ToDictionary(order => order.Number);
        var wishes = record.Receipts.DistinctBy(receipt => receipt.OrderId).ToDictionary(receipt => receipt.OrderId, receipt => planned[receipt.Number]);
        foreach (var order in record.Stored.Where(order => order.Voucher is not null))
        {
            var off = wishes.TryGetValue(order.OrderId, out var wish) ? Math.Min(ChainMenu.VoucherMinor(wish.Restaurant), ChainMenu.SubtotalMinor(wish.Restaurant, wish.Lines)) : 0;
            if (wish?.Voucher is null || order.DiscountMinor != off)
            {
                yield return $"{order.OrderId} is cheaper by {order.DiscountMinor}, right is {(wish?.Voucher is null ? 0 : off)}";
            }
        }

        foreach (var (restaurant, vouchers) in record.Vouchers.GroupBy(voucher => voucher.Restaurant).Select(group => (group.Key, group.ToArray())))
        {
            var cheaper = record.Stored.Where(order => order.Restaurant == restaurant && order.Voucher is not null && order.Status != "cancelled").ToArray();
            foreach (var voucher in vouchers)
            {
                var by = cheaper.Where(order => voucher.Code.EndsWith(order.Voucher!, StringComparison.Ordinal)).ToArray();
                if (voucher.Status == "redeemed" && !(by is [var only] && only.OrderId == voucher.OrderId))
                {
                    yield return $"a voucher of restaurant {restaurant} is redeemed by {voucher.OrderId}, and {by.Length} orders are cheaper by it";
                }
                else if (voucher.Status == "issued" && (by.Length > 0 || voucher.OrderId is not null))
                {
                    yield return $"a voucher of restaurant {restaurant} is not redeemed, and {by.Length} orders are cheaper by it";
                }
            }

            foreach (var order in cheaper.Where(order => vouchers.All(voucher => !voucher.Code.EndsWith(order.Voucher!, StringComparison.Ordinal))))
            {
                yield return $"{order.OrderId} has a voucher that restaurant {restaurant} never issued";
            }
        }
    }
}
