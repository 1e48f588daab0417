namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>One order for each idempotency key, one key for each order, one number a restaurant calls out once, and after dropping repeats by delivery id each event once.</summary>
internal sealed class NothingDoubled : IOrderInvariant
{
    public string Name => "nothing doubled";

    public IEnumerable<string> Violations(SimulationRecord record)
    {
        foreach (var key in record.Receipts.GroupBy(receipt => receipt.Number).Where(key => key.DistinctBy(receipt => receipt.OrderId).Count() > 1))
        {
            yield return $"the key of order {key.Key} led to {string.Join(" and ", key.Select(receipt => receipt.OrderId).Distinct())}";
        }

        foreach (var order in record.Receipts.GroupBy(receipt => receipt.OrderId).Where(order => order.DistinctBy(receipt => receipt.Number).Count() > 1))
        {
            yield return $"{order.Key} was the answer to {string.Join(" and ", order.Select(receipt => receipt.Number).Distinct())}";
        }

        foreach (var order in record.Stored.GroupBy(order => order.OrderId).Where(order => order.Count() > 1))
        {
            yield return $"{order.Key} is stored {order.Count()} times";
        }

        var acknowledged = record.Receipts.Select(receipt => receipt.OrderId).ToHashSet();
        foreach (var order in record.Stored.Where(order => !acknowledged.Contains(order.OrderId)))
        {
            yield return $"{order.OrderId} is stored and nobody knows of it";
        }

        foreach (var number in record.Stored.GroupBy(order => (order.Restaurant, order.Number)).Where(number => number.DistinctBy(order => order.OrderId).Count() > 1))
        {
            yield return $"number {number.Key.Number} of restaurant {number.Key.Restaurant} is called out for {number.Count()} orders";
        }

        var events = record.Seen.SelectMany(deliveries => deliveries).DistinctBy(delivery => delivery.DeliveryId).GroupBy(delivery => (delivery.Order, delivery.Event));
        foreach (var told in events.Where(told => told.Count() > 1))
        {
            yield return $"{told.Key.Event} of {told.Key.Order} came under {told.Count()} delivery ids";
        }
    }
}
