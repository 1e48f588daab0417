namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>What the customer was told, what is stored and what the point of sale was told is what the plan's lines cost by a computation of our own.</summary>
internal sealed class NothingMispriced : IOrderInvariant
{
    public string Name => "nothing mispriced";

    public IEnumerable<string> Violations(SimulationRecord record)
    {
        var planned = record.Plan.Orders.ToDictionary(order => order.Number);
        var stored = record.Stored.DistinctBy(order => order.OrderId).ToDictionary(order => order.OrderId);
        var right = new Dictionary<string, long>();
        foreach (var receipt in record.Receipts)
        {
            var order = planned[receipt.Number];
            // A voucher counts only for who got it; that it is the right order that did is another invariant.
            var hasVoucher = stored.TryGetValue(receipt.OrderId, out var found) && found.Voucher is not null;
            right[receipt.OrderId] = ChainMenu.TotalMinor(order.Restaurant, order.Lines, hasVoucher ? ChainMenu.VoucherMinor(order.Restaurant) : 0);
            if (receipt.TotalMinor != right[receipt.OrderId])
            {
                yield return $"{receipt.OrderId} costs {right[receipt.OrderId]}, the customer was told {receipt.TotalMinor}";
            }
        }

        foreach (var order in record.Stored.Where(order => right.TryGetValue(order.OrderId, out var total) && total != order.TotalMinor))
        {
            yield return $"{order.OrderId} costs {right[order.OrderId]}, stored is {order.TotalMinor}";
        }

        foreach (var delivery in record.Seen.SelectMany(deliveries => deliveries))
        {
            var told = delivery.Body.GetProperty("total").GetProperty("amountMinor").GetInt64();
            if (right.TryGetValue(delivery.Order, out var total) && total != told)
            {
                yield return $"{delivery.Order} costs {total}, the point of sale was told {told}";
            }
        }
    }
}
