using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>Vouchers with the rules of <see cref="IVoucherStore"/> in memory; their moves are the domain's table.</summary>
internal sealed class InMemoryVoucherStore : IVoucherStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(RestaurantId, string), VoucherView> _vouchers = [];
    private readonly Dictionary<(RestaurantId, string), string> _keys = [];

    public Task<VoucherView?> AddAsync(VoucherView voucher, string? key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (key is not null && _keys.TryGetValue((voucher.Restaurant, key), out var code)) return Task.FromResult<VoucherView?>(_vouchers[(voucher.Restaurant, code)]);
            if (!_vouchers.TryAdd((voucher.Restaurant, voucher.Terms.Code), voucher)) return Task.FromResult<VoucherView?>(null);
            if (key is not null) _keys.Add((voucher.Restaurant, key), voucher.Terms.Code);
            return Task.FromResult<VoucherView?>(voucher);
        }
    }

    public Task<VoucherView?> FindAsync(RestaurantId restaurant, string code, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_vouchers.GetValueOrDefault((restaurant, code)));
    }

    public Task<VoucherView?> FindByKeyAsync(RestaurantId restaurant, string key, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_keys.TryGetValue((restaurant, key), out var code) ? _vouchers[(restaurant, code)] : null);
    }

    public Task<VoucherView?> VoidAsync(RestaurantId restaurant, string code, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Move(restaurant, code, VoucherEvent.TakenBack, null));
    }

    public Task<VoucherPage> ListAsync(RestaurantId restaurant, VoucherQuery query, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(new VoucherPage([.. _vouchers.Values.Where(voucher => voucher.Restaurant == restaurant).Take(query.Limit)], null));
    }

    /// <summary>What the order store does in the order's transaction; false when it must not be.</summary>
    public bool TryRedeem(OrderPlacement placement)
    {
        lock (_gate)
        {
            var (order, code) = (placement.Order, placement.VoucherCode!);
            return _vouchers.TryGetValue((order.Restaurant, code), out var voucher)
                && VoucherRules.RefuseFor(voucher, order.CustomerId, order.Total.Currency, order.PlacedAt) is null
                && Move(order.Restaurant, code, VoucherEvent.OrderPlaced, order.Id) is not null;
        }
    }

    /// <summary>What the order store does when an order is cancelled.</summary>
    public void GiveBack(OrderId order)
    {
        lock (_gate)
            foreach (var voucher in _vouchers.Values.Where(voucher => voucher.Order == order).ToArray()) Move(voucher.Restaurant, voucher.Terms.Code, VoucherEvent.OrderCancelled, null);
    }

    private VoucherView? Move(RestaurantId restaurant, string code, VoucherEvent happening, OrderId? order)
    {
        if (!_vouchers.TryGetValue((restaurant, code), out var voucher) || VoucherTransitions.Next(voucher.Status, happening) is not { } next) return null;
        return _vouchers[(restaurant, code)] = voucher with { Status = next, Order = order };
    }
}
