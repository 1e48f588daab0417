using Microsoft.Extensions.Logging;
using VoiceOrdering.Carts;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Carts;

/// <summary>What a cart tells others of itself. Part of its activation: one turn at a time.</summary>
internal sealed class CartAnnouncements(IGrainBase cart, IGrainFactory grains, Func<(OrderView Order, CartView Cart)> read, ILogger log)
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);
    private IGrainTimer? _again;
    private Task _announcement = Task.CompletedTask;

    /// <summary>
    /// Tells kitchen and session of the stored order until both have heard. Not waited for: the session may be waiting for this very cart at the moment.
    /// </summary>
    public void Placed() => _announcement = TellAllAsync();

    /// <summary>Tells the session of a change. Not waited for by the change, for the same reason; a lost telling is made up for by the next change.</summary>
    public void Changed(CartView view, string cause) => _ = TellSessionAsync(view, cause);

    private Task TellAgainAsync(CancellationToken cancellationToken)
    {
        if (_announcement.IsCompleted) _announcement = TellAllAsync();
        return Task.CompletedTask;
    }

    private async Task TellAllAsync()
    {
        try
        {
            var (order, view) = read();
            var session = grains.GetGrain<ISessionGrain>(order.Session.Value);
            await grains.GetGrain<IRestaurantGrain>(order.Restaurant.Value).OrderChangedAsync(order);
            await session.OrderPlacedAsync(order);
            await session.CartChangedAsync(view, "submit");
            _again?.Dispose();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _again ??= cart.RegisterGrainTimer(TellAgainAsync, new GrainTimerCreationOptions(RetryPeriod, RetryPeriod));
            log.LogWarning(exception, "A placed order could not be announced yet; trying again in {RetrySeconds} s", RetryPeriod.TotalSeconds);
        }
    }

    private async Task TellSessionAsync(CartView view, string cause)
    {
        try
        {
            await grains.GetGrain<ISessionGrain>(view.Session.Value).CartChangedAsync(view, cause);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogWarning(exception, "The session could not be told of a cart change");
        }
    }
}
