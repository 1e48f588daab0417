namespace VoiceOrdering.Grains.Carts;

/// <summary>What can happen to a cart's submission.</summary>
public enum CartEvent
{
    /// <summary>A submission passed all checks; its order id is drawn.</summary>
    SubmissionBegins,
    /// <summary>The order store holds the order.</summary>
    OrderStored,
    /// <summary>The order store refused the key: nothing was stored.</summary>
    KeyRefused,
    /// <summary>The order store refused the voucher: nothing was stored.</summary>
    VoucherRefused,
}

/// <summary>The way of a cart to exactly one order: from → event → to. What is not listed does not happen.</summary>
public static class CartTransitions
{
    private static readonly Dictionary<(CartPhase From, CartEvent Event), CartPhase> Table = new()
    {
        [(CartPhase.Open, CartEvent.SubmissionBegins)] = CartPhase.Submitting,
        [(CartPhase.Submitting, CartEvent.OrderStored)] = CartPhase.Placed,
        [(CartPhase.Submitting, CartEvent.KeyRefused)] = CartPhase.Open,
        [(CartPhase.Submitting, CartEvent.VoucherRefused)] = CartPhase.Open,
    };

    /// <summary>The phase after the event, or null when the event cannot happen in this phase.</summary>
    public static CartPhase? Next(CartPhase from, CartEvent happening) =>
        Table.TryGetValue((from, happening), out var to) ? to : null;

    internal static CartPhase Require(CartPhase from, CartEvent happening) =>
        Next(from, happening) ?? throw new InvalidOperationException($"A cart that is {from} cannot take {happening}.");
}
