namespace VoiceOrdering.Grains.Carts;

/// <summary>Where a cart stands on its way to an order, as its activation knows it.</summary>
public enum CartPhase
{
    /// <summary>Lines can be changed.</summary>
    Open = 0,
    /// <summary>The order store was asked to hold the order; what it holds is not known yet.</summary>
    Unsettled = 1,
    /// <summary>The store holds the order; the cart is closed.</summary>
    Placed = 2,
}

/// <summary>What can happen to a cart's submission.</summary>
public enum CartEvent
{
    /// <summary>A submission passed all checks; the order store is asked.</summary>
    SubmissionBegins,
    /// <summary>The order store holds the order.</summary>
    OrderStored,
    /// <summary>The order store holds none: it refused key or voucher, or was never reached.</summary>
    NothingStored,
}

/// <summary>The way of a cart to exactly one order: from → event → to. What is not listed does not happen.</summary>
public static class CartTransitions
{
    private static readonly Dictionary<(CartPhase From, CartEvent Event), CartPhase> Table = new()
    {
        // An activation that begins with a cart that is an order.
        [(CartPhase.Open, CartEvent.OrderStored)] = CartPhase.Placed,
        [(CartPhase.Open, CartEvent.SubmissionBegins)] = CartPhase.Unsettled,
        [(CartPhase.Unsettled, CartEvent.OrderStored)] = CartPhase.Placed,
        [(CartPhase.Unsettled, CartEvent.NothingStored)] = CartPhase.Open,
    };

    /// <summary>The phase after the event, or null when the event cannot happen in this phase.</summary>
    public static CartPhase? Next(CartPhase from, CartEvent happening) =>
        Table.TryGetValue((from, happening), out var to) ? to : null;

    internal static CartPhase Require(CartPhase from, CartEvent happening) =>
        Next(from, happening) ?? throw new InvalidOperationException($"A cart that is {from} cannot take {happening}.");
}
