namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>No point of sale hears of a change before it has taken the order.</summary>
internal sealed class EventsInOrder : IOrderInvariant
{
    public string Name => "events in order";

    public IEnumerable<string> Violations(SimulationRecord record)
    {
        foreach (var deliveries in record.Seen)
        {
            var known = new HashSet<string>();
            foreach (var delivery in deliveries)
            {
                if (delivery.Event == "order.placed" && delivery.Status is >= 200 and < 300)
                {
                    known.Add(delivery.Order);
                }
                else if (delivery.Event == "order.status" && !known.Contains(delivery.Order))
                {
                    yield return $"{delivery.DeliveryId} came before its order";
                }
            }
        }
    }
}
