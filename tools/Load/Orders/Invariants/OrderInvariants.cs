namespace VoiceOrdering.Load.Orders.Invariants;

/// <summary>Something that must hold whatever broke.</summary>
internal interface IOrderInvariant
{
    string Name { get; }

    /// <summary>One sentence for each violation; none when it holds.</summary>
    IEnumerable<string> Violations(SimulationRecord record);
}

/// <summary>All of them; each is judged by itself, on the record alone.</summary>
internal static class OrderInvariants
{
    public static IReadOnlyList<IOrderInvariant> All { get; } = [new NothingLost(), new NothingDoubled(), new NothingMisrouted(), new NothingMispriced(), new VouchersOnce(), new EventsInOrder()];
}
