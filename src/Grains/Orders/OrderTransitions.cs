using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Orders;

/// <summary>The way of an order through the kitchen: from → to. What is not listed is refused with <c>TRANSITION_INVALID</c>.</summary>
public static class OrderTransitions
{
    private static readonly Dictionary<OrderStatus, OrderStatus[]> Table = new()
    {
        [OrderStatus.Placed] = [OrderStatus.Accepted, OrderStatus.Cancelled],
        [OrderStatus.Accepted] = [OrderStatus.Preparing, OrderStatus.Cancelled],
        [OrderStatus.Preparing] = [OrderStatus.Ready, OrderStatus.Cancelled],
        [OrderStatus.Ready] = [OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Preparing],
        [OrderStatus.Completed] = [OrderStatus.Ready],
        [OrderStatus.Cancelled] = [],
    };

    /// <summary>Where an order can go from here, in the usual order.</summary>
    public static IReadOnlyList<OrderStatus> From(OrderStatus status) => Table[status];

    /// <summary>Whether the move takes a step back: a ticket that was bumped by mistake is recalled.</summary>
    public static bool IsRecall(OrderStatus from, OrderStatus to) =>
        (from, to) is (OrderStatus.Ready, OrderStatus.Preparing) or (OrderStatus.Completed, OrderStatus.Ready);

    /// <summary>Whether the move is in the table; staying is not a move.</summary>
    public static bool Allows(OrderStatus from, OrderStatus to) => Table[from].Contains(to);
}
