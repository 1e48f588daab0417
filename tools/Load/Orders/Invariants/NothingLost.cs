namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>Every planned order was acknowledged, every acknowledged one is stored, and it and its change were taken by a point of sale.</summary>
internal sealed class NothingLost : IOrderInvariant
{
    public string Name => "nothing lost";

    public IEnumerable<string> Violations(SimulationRecord record)
    {
        var receipts = record.Receipts.ToLookup(receipt => receipt.Number);
        var stored = record.Stored.ToLookup(order => order.OrderId);
        var taken = record.Seen.SelectMany(deliveries => deliveries).Where(delivery => delivery.Status is >= 200 and < 300).Select(delivery => (delivery.Order, delivery.Event)).ToHashSet();
        foreach (var planned in record.Plan.Orders)
        {
            if (!receipts.Contains(planned.Number))
            {
                yield return $"order {planned.Number} was never acknowledged";
                continue;
            }

            foreach (var id in receipts[planned.Number].Select(receipt => receipt.OrderId).Distinct())
            {
                if (!stored.Contains(id))
                {
                    yield return $"{id} (order {planned.Number}) was acknowledged and is not stored";
                }

                if (!taken.Contains((id, "order.placed")))
                {
                    yield return $"{id} (order {planned.Number}) never reached a point of sale";
                }

                if (planned.Then is { } then && !(taken.Contains((id, "order.status")) && stored[id].All(order => order.Status == then)))
                {
                    yield return $"that {id} (order {planned.Number}) was {then} is not stored or never reached a point of sale";
                }
            }
        }

        foreach (var delivery in record.Unsettled)
        {
            yield return $"delivery {delivery} was not settled";
        }
    }
}
