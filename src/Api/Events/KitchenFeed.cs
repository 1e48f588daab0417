using System.Globalization;
using System.Text.Json;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Orders;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Events;

/// <summary>
/// Feeds a stream with the orders of one restaurant as they are placed and moved. Notices are at most once; every renewal of the subscription reads the store for
/// what changed meanwhile, so an order is late at worst, never missing. The event id is the instant up to which changes were sent.
/// </summary>
internal sealed class KitchenFeed : IOrderFeedObserver, IAsyncDisposable
{
    /// <summary>Rows become visible a little after the instant they carry; reading starts this much earlier, repeats are dropped by version.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly IGrainFactory _grains;
    private readonly IRestaurantGrain _restaurant;
    private readonly RestaurantId _restaurantId;
    private readonly IOrderStore _store;
    private readonly EventStream _stream;
    private readonly FeedTiming _timing;
    private readonly ApiLimits _limits;
    private readonly Dictionary<OrderId, OrderView> _sent = [];
    private DateTimeOffset _upTo;
    private IOrderFeedObserver? _reference;
    private Task _renewing = Task.CompletedTask;

    public KitchenFeed(IGrainFactory grains, RestaurantId restaurant, IOrderStore store, EventStream stream, (FeedTiming Timing, ApiLimits Limits) settings)
    {
        _grains = grains;
        _restaurantId = restaurant;
        _restaurant = grains.GetGrain<IRestaurantGrain>(restaurant.Value);
        _store = store;
        _stream = stream;
        (_timing, _limits) = settings;
    }

    /// <summary>Subscribes, then hands over what changed since the instant of <paramref name="lastEventId"/>, if any.</summary>
    public async Task<Refusal?> StartAsync(string? lastEventId)
    {
        var now = _timing.Clock.GetUtcNow();
        var since = InstantOf(lastEventId);
        _upTo = since is { } seen && seen < now ? seen : now;
        _reference = _grains.CreateObjectReference<IOrderFeedObserver>(this);
        var granted = await _restaurant.SubscribeAsync(_reference);
        if (!granted.IsOk)
        {
            return granted.Refusal;
        }

        lock (_gate)
        {
            _stream.Add(new StreamEvent("feed.ready", "{}", IdOf(_upTo)));
        }

        if (since is not null)
        {
            await ReadStoreAsync(_upTo - Overlap);
        }

        _renewing = RenewAsync();
        return null;
    }

    /// <inheritdoc/>
    public Task OrderChangedAsync(OrderView order)
    {
        lock (_gate)
        {
            Send(order, _stream.Add);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_reference is null)
        {
            return;
        }

        _stream.End(StreamEnd.SourceEnded);
        await _renewing;
        try
        {
            await _restaurant.UnsubscribeAsync(_reference);
        }
        catch (Exception exception)
        {
            // The lease ends by itself.
            _timing.Logger.LogDebug(exception, "A kitchen listener could not be taken off");
        }

        _grains.DeleteObjectReference<IOrderFeedObserver>(_reference);
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(_timing.Renewal, _timing.Clock, _stream.Ended);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                var granted = await _restaurant.SubscribeAsync(_reference!);
                if (!granted.IsOk)
                {
                    _stream.End(StreamEnd.SourceEnded);
                    return;
                }

                await ReadStoreAsync(_upTo - Overlap);
                Forget();
            }
            catch (Exception exception)
            {
                // The client comes back with Last-Event-ID; a stream that may have holes is worse than none.
                _timing.Logger.LogWarning(exception, "The kitchen's event stream lost its source");
                _stream.End(StreamEnd.Fault);
            }
        }
    }

    private async Task ReadStoreAsync(DateTimeOffset since)
    {
        var orders = new List<OrderView>();
        string? cursor = null;
        do
        {
            var page = await _store.ListAsync(new OrderQuery(_restaurantId, [], since, Math.Min(_limits.OrdersPerPage, _limits.FeedBacklog), cursor), _stream.Ended);
            orders.AddRange(page.Orders);
            cursor = page.NextCursor;
        }
        while (cursor is not null && orders.Count < _limits.FeedBacklog);

        lock (_gate)
        {
            foreach (var order in orders.OrderBy(order => order.ChangedAt))
            {
                Send(order, _stream.AddKept);
            }
        }
    }

    private void Send(OrderView order, Action<StreamEvent> add)
    {
        if (_sent.TryGetValue(order.Id, out var sent) && sent.Version >= order.Version)
        {
            return;
        }

        _sent[order.Id] = order;
        _upTo = order.ChangedAt > _upTo ? order.ChangedAt : _upTo;
        var name = order.Status == OrderStatus.Placed && sent is null ? "order.placed" : "order.changed";
        add(new StreamEvent(name, JsonSerializer.Serialize(OrderBody.From(order), ApiJson.Options), IdOf(_upTo)));
    }

    /// <summary>Drops what can only come again when somebody changes it again.</summary>
    private void Forget()
    {
        lock (_gate)
        {
            var before = _upTo - Overlap - Overlap;
            foreach (var (id, order) in _sent)
            {
                if (order.ChangedAt < before)
                {
                    _sent.Remove(id);
                }
            }
        }
    }

    private static string IdOf(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? InstantOf(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var unixMs) && unixMs <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs)
            : null;
}
