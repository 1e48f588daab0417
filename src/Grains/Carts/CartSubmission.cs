using Microsoft.Extensions.Logging;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Carts;

/// <summary>
/// A cart's way to exactly one order. Nothing of it is in the cart's state: the order store alone knows whether the cart is an order, and is asked when an activation begins and after every
/// answer that got lost (docs/decisions/0010). Part of the cart's activation: one turn at a time.
/// </summary>
/// <param name="cart">The activation.</param>
/// <param name="around">Its surroundings.</param>
/// <param name="became">Told once that the cart is an order; true when this activation asked for it.</param>
/// <param name="log">For what nobody waits for.</param>
internal sealed class CartSubmission(IGrainBase cart, CartSurroundings around, Action<bool> became, ILogger log)
{
    private CartPhase _phase;
    private OrderPlacement? _asked;
    private (string Key, string Fingerprint)? _first;
    private IGrainTimer? _settling;

    /// <summary>Whether lines may be changed.</summary>
    public bool IsOpen => _phase == CartPhase.Open;

    /// <summary>The order, or null.</summary>
    public PlacedCart? Placed { get; private set; }

    /// <summary>Learns from the store whether this cart is an order.</summary>
    public async Task LookAsync(RestaurantId restaurant, SessionId session)
    {
        if (await around.Orders.FindOfSessionAsync(restaurant, session, CancellationToken.None) is { } found) Become(found);
        else if (_phase == CartPhase.Unsettled) Move(CartEvent.NothingStored);
    }

    /// <summary>Learns what came of a submission whose answer was lost; nothing to do in any other phase.</summary>
    public Task SettleAsync() => _phase == CartPhase.Unsettled ? LookAsync(_asked!.Order.Restaurant, _asked.Order.Session) : Task.CompletedTask;

    /// <summary>Asks the store to hold the order. When this throws, what the store holds is found out before anything else happens to the cart.</summary>
    public async Task<PlaceResultKind> PlaceAsync(OrderPlacement placement)
    {
        Move(CartEvent.SubmissionBegins);
        _asked = placement;
        try
        {
            return await AskAsync(placement);
        }
        catch
        {
            if (_phase == CartPhase.Unsettled) _settling ??= cart.RegisterGrainTimer(SettleAloneAsync, new GrainTimerCreationOptions(around.Limits.SettlePeriod, around.Limits.SettlePeriod));
            throw;
        }
    }

    private async Task<PlaceResultKind> AskAsync(OrderPlacement placement)
    {
        var result = await around.Orders.PlaceAsync(placement, CancellationToken.None);
        if (result.Kind == PlaceResultKind.Placed)
        {
            _first = (placement.IdempotencyKey, placement.Fingerprint);
            Become(new PlacedCart(result.Order, placement.CartVersion));
        }
        else if (result.Kind == PlaceResultKind.VoucherRefused) Move(CartEvent.NothingStored);
        // An earlier order of this session, or of another one that used the key.
        else await SettleAsync();
        return result.Kind;
    }

    /// <summary>Answers a submission of a cart that is an order. Another key for it is kept like the first, so that it cannot mean something else later.</summary>
    /// <param name="subject">Who submits.</param>
    /// <param name="command">The submission.</param>
    /// <param name="cartVersion">The version the cart has without the order.</param>
    public async Task<Outcome<Submission>> RepeatAsync(string subject, SubmitCart command, long cartVersion)
    {
        var (order, orderedVersion) = Placed!;
        var repeated = new Submission(order, Replayed: true);
        if (_first is { } first && first.Key == command.IdempotencyKey) return first.Fingerprint == command.Fingerprint ? repeated : Refusals.IdempotencyKeyReused();
        if (await around.Orders.FindSubmissionAsync(order.Restaurant, command.IdempotencyKey, CancellationToken.None) is { } known)
            return known.Fingerprint == command.Fingerprint && known.Order.Id == order.Id ? repeated : Refusals.IdempotencyKeyReused();
        // Reviewed is the version that was ordered, or the one the order gave the cart. A cart that went on because its order was seen late has lines that were not ordered.
        var isReviewed = command.ExpectedVersion is { } expected ? expected == orderedVersion || expected == cartVersion + 1 : cartVersion == orderedVersion;
        if (!isReviewed) return Refusals.CartVersionConflict();
        var other = new OrderPlacement(order, orderedVersion, command.IdempotencyKey, command.Fingerprint, subject);
        return await around.Orders.RememberKeyAsync(other, around.Limits.OrderKeys, CancellationToken.None) switch
        {
            PlaceResultKind.KeyReused => Refusals.IdempotencyKeyReused(),
            PlaceResultKind.KeysExhausted => Refusals.CartChangesExhausted(),
            _ => repeated,
        };
    }

    private async Task SettleAloneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogWarning(exception, "What came of a submission is not known yet; asking again in {RetrySeconds} s", around.Limits.SettlePeriod.TotalSeconds);
        }
    }

    private void Become(PlacedCart found)
    {
        var askedHere = _asked is not null;
        Move(CartEvent.OrderStored);
        Placed = found;
        became(askedHere);
    }

    private void Move(CartEvent happening)
    {
        _phase = CartTransitions.Require(_phase, happening);
        if (_phase == CartPhase.Unsettled) return;
        _asked = null;
        _settling?.Dispose();
        _settling = null;
    }
}
