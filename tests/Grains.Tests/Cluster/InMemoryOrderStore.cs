using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>An order store with the rules of <see cref="IOrderStore"/> in memory, able to fail before or after it has stored.</summary>
internal sealed class InMemoryOrderStore : IOrderStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OrderId, OrderView> _orders = [];
    private readonly Dictionary<(RestaurantId, string), (OrderId Order, string Fingerprint)> _keys = [];
    private readonly Dictionary<SessionId, (OrderId Order, long CartVersion)> _carts = [];

    private readonly HashSet<SessionId> _hidden = [];

    /// <summary>From now on who looks for this session's order sees none, as with a commit that is still on its way.</summary>
    public void Hide(SessionId session)
    {
        lock (_gate) _hidden.Add(session);
    }

    /// <summary>The commit has arrived.</summary>
    public void Show(SessionId session)
    {
        lock (_gate) _hidden.Remove(session);
    }

    /// <summary>Called before anything is stored; throwing stands for a database that cannot be reached.</summary>
    public Action<OrderPlacement>? BeforePlace { get; set; }

    /// <summary>Called after the order is stored; throwing stands for an answer that got lost.</summary>
    public Action<OrderPlacement>? AfterPlace { get; set; }

    /// <summary>Called before a session's order is looked for; throwing stands for a database that cannot be reached.</summary>
    public Action<SessionId>? BeforeLook { get; set; }

    /// <summary>Called before anything at all is written, whether an order or a key; throwing stands for a database that cannot be reached.</summary>
    public Action<OrderPlacement>? BeforeWrite { get; set; }

    /// <summary>Called after anything at all is written; throwing stands for an answer that got lost.</summary>
    public Action<OrderPlacement>? AfterWrite { get; set; }

    /// <summary>Status changes that were stored, as an audit has them.</summary>
    public List<StatusChange> Changes { get; } = [];

    /// <summary>The vouchers orders redeem.</summary>
    public InMemoryVoucherStore Vouchers { get; } = new();

    /// <summary>Every placement that was asked for.</summary>
    public List<OrderPlacement> Asked { get; } = [];

    public IReadOnlyList<OrderView> Orders
    {
        get
        {
            lock (_gate) return [.. _orders.Values];
        }
    }

    public Task<PlaceResult> PlaceAsync(OrderPlacement placement, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Asked.Add(placement);
            BeforePlace?.Invoke(placement);
            BeforeWrite?.Invoke(placement);
            var result = Place(placement);
            AfterPlace?.Invoke(placement);
            AfterWrite?.Invoke(placement);
            return Task.FromResult(result);
        }
    }

    public Task<PlaceResultKind> RememberKeyAsync(OrderPlacement placement, int mostKeys, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            BeforeWrite?.Invoke(placement);
            var result = Remember(placement, mostKeys);
            AfterWrite?.Invoke(placement);
            return Task.FromResult(result);
        }
    }

    /// <summary>Purges that were asked for.</summary>
    public List<DateTimeOffset> Purges { get; } = [];

    public Task<int> PurgeSubmissionsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Purges.Add(before);
            return Task.FromResult(Purges.Count == 1 ? most : 3);
        }
    }

    /// <summary>Purges of events that were asked for.</summary>
    public List<DateTimeOffset> EventPurges { get; } = [];

    public Task<int> PurgeEventsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            EventPurges.Add(before);
            return Task.FromResult(EventPurges.Count < 3 ? most : 0);
        }
    }

    public Task<StoredSubmission?> FindSubmissionAsync(RestaurantId restaurant, string idempotencyKey, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_keys.TryGetValue((restaurant, idempotencyKey), out var known) ? new StoredSubmission(_orders[known.Order], known.Fingerprint) : null);
    }

    public Task<OrderView?> FindAsync(RestaurantId restaurant, OrderId order, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_orders.TryGetValue(order, out var found) && found.Restaurant == restaurant ? found : null);
    }

    public Task<PlacedCart?> FindOfSessionAsync(RestaurantId restaurant, SessionId session, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            BeforeLook?.Invoke(session);
            return Task.FromResult(!_hidden.Contains(session) && _carts.TryGetValue(session, out var found) && _orders[found.Order].Restaurant == restaurant ? new PlacedCart(_orders[found.Order], found.CartVersion) : null);
        }
    }

    public Task<OrderView?> ChangeStatusAsync(StatusChange change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue(change.Order, out var order) || order.Version != change.ExpectedVersion) return Task.FromResult<OrderView?>(null);
            Changes.Add(change);
            if (change.Status == OrderStatus.Cancelled) Vouchers.GiveBack(change.Order);
            return Task.FromResult<OrderView?>(_orders[change.Order] = order with { Status = change.Status, ChangedAt = change.At, Version = order.Version + 1 });
        }
    }

    public Task<OrderPage> ListAsync(OrderQuery query, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(new OrderPage([.. _orders.Values.Where(order => order.Restaurant == query.Restaurant).Take(query.Limit)], null));
    }

    private PlaceResultKind Remember(OrderPlacement placement, int mostKeys)
    {
        var order = placement.Order.Id;
        if (_keys.TryGetValue((placement.Order.Restaurant, placement.IdempotencyKey), out var known))
            return known == (order, placement.Fingerprint) ? PlaceResultKind.Replayed : PlaceResultKind.KeyReused;
        if (_keys.Values.Count(key => key.Order == order) >= mostKeys) return PlaceResultKind.KeysExhausted;
        _keys.Add((placement.Order.Restaurant, placement.IdempotencyKey), (order, placement.Fingerprint));
        return PlaceResultKind.Replayed;
    }

    private PlaceResult Place(OrderPlacement placement)
    {
        var key = (placement.Order.Restaurant, placement.IdempotencyKey);
        if (_keys.TryGetValue(key, out var known))
            return new PlaceResult(_orders[known.Order], known.Fingerprint == placement.Fingerprint ? PlaceResultKind.Replayed : PlaceResultKind.KeyReused);
        if (_carts.TryGetValue(placement.Order.Session, out var earlier)) return new PlaceResult(_orders[earlier.Order], PlaceResultKind.Replayed);
        if (placement.VoucherCode is not null && !Vouchers.TryRedeem(placement)) return new PlaceResult(placement.Order, PlaceResultKind.VoucherRefused);
        var stored = placement.Order with { Number = $"{_orders.Count + 1}" };
        _orders.Add(stored.Id, stored);
        _keys.Add(key, (stored.Id, placement.Fingerprint));
        _carts.Add(stored.Session, (stored.Id, placement.CartVersion));
        return new PlaceResult(stored, PlaceResultKind.Placed);
    }
}
