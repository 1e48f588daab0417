using Microsoft.Extensions.Logging;
using VoiceOrdering.Grains.Flags;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>A restaurant's profile and menus, and the feed of its orders.</summary>
internal sealed class RestaurantGrain(
    [PersistentState("restaurant")] IPersistentState<RestaurantState> restaurant,
    [PersistentState("menus")] IPersistentState<MenuHistory> menus,
    RestaurantSurroundings around,
    ILogger<RestaurantGrain> log) : Grain, IRestaurantGrain
{
    private readonly Listeners<IOrderFeedObserver> _feed = new(around.Limits.Listeners, IRestaurantGrain.FeedLease, around.Time, around.Metrics.ListenerLost);

    private MenuSnapshot? Menu => menus.State.Versions.Count > 0 ? menus.State.Versions[^1] : null;

    public async Task SetProfileAsync(RestaurantProfile profile)
    {
        if (profile.Id.Value != this.GetPrimaryKeyString()) throw new ArgumentException("The profile belongs to another restaurant.", nameof(profile));
        if (restaurant.State.Profile == profile) return;
        await restaurant.ReplaceAsync(new RestaurantState { Profile = profile });
    }

    public Task<Outcome<RestaurantProfile>> FindProfileAsync() =>
        Task.FromResult<Outcome<RestaurantProfile>>(restaurant.State.Profile is { } profile ? profile : Refusals.RestaurantUnknown());

    public Task<Outcome<MenuSnapshot>> FindMenuAsync() => Task.FromResult(CurrentMenu());

    public Task<Outcome<MenuSnapshot>> FindMenuVersionAsync(long version) =>
        Task.FromResult<Outcome<MenuSnapshot>>(menus.State.Versions.FirstOrDefault(snapshot => snapshot.Version == version) is { } found ? found : Refusals.MenuMissing());

    public async Task<MenuChange> PutMenuAsync(Menu menu, long expectedVersion)
    {
        var version = Menu?.Version ?? 0;
        if (restaurant.State.Profile is null) return new MenuChange(version, [], around.Metrics.Refused(Refusals.RestaurantUnknown()));
        if (expectedVersion != version) return new MenuChange(version, [], around.Metrics.Refused(Refusals.MenuVersionConflict()));
        var faults = MenuValidation.Validate(menu, around.Limits);
        if (faults.Count > 0) return new MenuChange(version, faults, null);
        var next = new MenuSnapshot(version + 1, MenuNormalization.WithoutNulls(menu));
        var kept = menus.State.Versions.Append(next).TakeLast(around.Limits.MenuVersions).ToArray();
        await menus.ReplaceAsync(new MenuHistory { Versions = kept });
        return new MenuChange(next.Version, [], null);
    }

    public Task<Outcome<ParsedOrder>> ParseOrderAsync(ParseOrder command) => Task.FromResult(Parse(command));

    public Task OrderChangedAsync(OrderView order)
    {
        if (order.Restaurant.Value != this.GetPrimaryKeyString()) throw new ArgumentException("The order belongs to another restaurant.", nameof(order));
        _feed.Tell(listener => listener.OrderChangedAsync(order), log);
        return Task.CompletedTask;
    }

    public Task<Outcome<FeedSubscription>> SubscribeAsync(IOrderFeedObserver observer) => Task.FromResult<Outcome<FeedSubscription>>(_feed.TryAdd(observer)
        ? new FeedSubscription(IRestaurantGrain.FeedLease)
        : around.Metrics.Refused(Refusals.ListenersExhausted(around.Limits.Listeners)));

    public Task UnsubscribeAsync(IOrderFeedObserver observer)
    {
        _feed.Remove(observer);
        return Task.CompletedTask;
    }

    private Outcome<MenuSnapshot> CurrentMenu()
    {
        if (restaurant.State.Profile is null) return Refusals.RestaurantUnknown();
        return Menu is { } menu ? menu : Refusals.MenuMissing();
    }

    private Outcome<ParsedOrder> Parse(ParseOrder command)
    {
        if (string.IsNullOrWhiteSpace(command.Text)) return around.Metrics.Refused(Refusals.TextMissing());
        if (command.Text.Length > around.Limits.TextCharacters) return around.Metrics.Refused(Refusals.TextTooLong(around.Limits.TextCharacters));
        if (command.Threshold is { } asked && !(asked is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(command), "A threshold is 0 to 1.");
        var menu = CurrentMenu();
        if (!menu.IsOk) return around.Metrics.Refused(menu.Refusal);
        var parsed = around.Menus.For(this.GetPrimaryKeyString(), menu.Value).Parse(command.Text, command.Threshold ?? DecidedFlags.AcceptAt(command.Flags));
        foreach (var line in parsed.Lines) around.Metrics.Matched(line.Confidence);
        return parsed;
    }
}
