namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>Each order is in the list of the restaurant it was placed at, and each point of sale got its own restaurant's only, signed with its own secret.</summary>
internal sealed class NothingMisrouted : IOrderInvariant
{
    public string Name => "nothing misrouted";

    public IEnumerable<string> Violations(SimulationRecord record)
    {
        var restaurantOf = record.Plan.Orders.ToDictionary(planned => planned.Number, planned => planned.Restaurant);
        var home = new Dictionary<string, int>();
        foreach (var receipt in record.Receipts)
        {
            home[receipt.OrderId] = restaurantOf[receipt.Number];
        }

        foreach (var order in record.Stored.Where(order => home.TryGetValue(order.OrderId, out var restaurant) && restaurant != order.Restaurant))
        {
            yield return $"{order.OrderId} was placed at {home[order.OrderId]} and is listed at {order.Restaurant}";
        }

        for (var restaurant = 0; restaurant < record.Seen.Count; restaurant++)
        {
            foreach (var delivery in record.Seen[restaurant].DistinctBy(delivery => (delivery.DeliveryId, delivery.Attempt, delivery.IsSigned)))
            {
                if (delivery.Restaurant != ChainMenu.Id(restaurant) || (home.TryGetValue(delivery.Order, out var owner) && owner != restaurant))
                {
                    yield return $"{delivery.DeliveryId} of {delivery.Restaurant} reached the point of sale of {ChainMenu.Id(restaurant)}";
                }

                if (!delivery.IsSigned)
                {
                    yield return $"{delivery.DeliveryId} was not signed with the secret of {ChainMenu.Id(restaurant)}";
                }
            }
        }
    }
}
