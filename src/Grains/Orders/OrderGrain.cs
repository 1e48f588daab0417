using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Orders;

/// <summary>One order's status machine. The row in the order store is the truth, guarded by its version; this grain only remembers the last one read.</summary>
internal sealed class OrderGrain(IOrderStore store, Limits limits, TimeProvider time) : Grain, IOrderGrain
{
    private OrderView? _order;

    public async Task<Outcome<OrderView>> ViewAsync(Caller caller)
    {
        var order = await FindAsync(caller);
        return order is null ? Refusals.OrderUnknown() : order;
    }

    public async Task<Outcome<OrderView>> ChangeStatusAsync(Caller caller, OrderStatus status)
    {
        if (!caller.Scopes.Contains(Scopes.OrdersWrite)) return Refusals.ScopeMissing(Scopes.OrdersWrite);
        if (!Enum.IsDefined(status)) throw new ArgumentOutOfRangeException(nameof(status));
        // The row can move on behind this activation's back (another silo during a hand-over): before anybody is told that nothing changes, and when the
        // row turns out to be another one, it is read again.
        var isFresh = _order is null;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await FindAsync(caller) is not { } order) return Refusals.OrderUnknown();
            if (Judge(order, status) is { } unchanged)
            {
                if (isFresh) return unchanged;
                (_order, isFresh) = (null, true);
                continue;
            }
            var change = new StatusChange(caller.Restaurant, order.Id, status, order.Version, caller.Subject, time.GetUtcNow());
            _order = await store.ChangeStatusAsync(change, CancellationToken.None);
            if (_order is null)
            {
                isFresh = true;
                continue;
            }
            await GrainFactory.GetGrain<IRestaurantGrain>(caller.Restaurant.Value).OrderChangedAsync(_order);
            return _order;
        }
        throw new InvalidOperationException($"Order {this.GetPrimaryKeyString()} changed again and again while its status was being changed.");
    }

    /// <summary>The answer when nothing is to be changed; null when the order can go there.</summary>
    private Outcome<OrderView>? Judge(OrderView order, OrderStatus status)
    {
        if (order.Status == status) return order;
        if (!OrderTransitions.Allows(order.Status, status)) return Refused(order.Status, status);
        if (OrderTransitions.IsRecall(order.Status, status) && time.GetUtcNow() - order.ChangedAt > limits.RecallWithin) return Refusals.RecallLate((int)limits.RecallWithin.TotalMinutes);
        return null;
    }

    private async Task<OrderView?> FindAsync(Caller caller)
    {
        if (_order is not null && _order.Restaurant != caller.Restaurant) return null;
        return _order ??= await store.FindAsync(caller.Restaurant, new OrderId(this.GetPrimaryKeyString()), CancellationToken.None);
    }

    private static Refusal Refused(OrderStatus from, OrderStatus to)
    {
        var allowed = OrderTransitions.From(from).Select(Word).ToArray();
        return Refusals.TransitionInvalid(Word(from), Word(to), allowed);
    }

    private static string Word(OrderStatus status) => Speech.Lower(status.ToString());
}
