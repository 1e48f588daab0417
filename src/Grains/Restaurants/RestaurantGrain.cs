using Microsoft.Extensions.Logging;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Flags;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>A restaurant's settings and menus, what can be ordered now, and the feed of its orders.</summary>
internal sealed class RestaurantGrain(
    [PersistentState("restaurant")] IPersistentState<RestaurantState> restaurant,
    [PersistentState("menus")] IPersistentState<MenuHistory> menus,
    [PersistentState("sold-out")] IPersistentState<SoldOutState> soldOut,
    RestaurantSurroundings around,
    ILogger<RestaurantGrain> log) : Grain, IRestaurantGrain
{
    private static readonly TimeSpan ClockPeriod = TimeSpan.FromMinutes(1);
    private readonly Listeners<IOrderFeedObserver> _feed = new(around.Limits.Listeners, IRestaurantGrain.FeedLease, around.Time, around.Metrics.ListenerLost);
    private readonly WatchingCarts _carts = new(around.Limits.WatchingCarts, IRestaurantGrain.WatchLease, around.Time);
    private readonly EffectiveMenu _effective = new(around.Time);
    private IGrainTimer? _clock;

    private MenuHistory Shelf => menus.State;
    private DateTimeOffset Now => around.Time.GetUtcNow();
    private RestaurantSettings? Settings => restaurant.State.Settings ?? (restaurant.State.Profile is { } profile ? SettingsRules.From(profile) : null);

    public async Task SetProfileAsync(RestaurantProfile profile)
    {
        if (profile.Id.Value != this.GetPrimaryKeyString()) throw new ArgumentException("The profile belongs to another restaurant.", nameof(profile));
        if (restaurant.State.Profile == profile) return;
        var settings = restaurant.State.Settings is { } known
            ? known with { Name = profile.Name, Language = profile.Language, TimeZone = profile.TimeZone, Greeting = profile.Greeting }
            : null;
        await restaurant.ReplaceAsync(restaurant.State with { Profile = profile, Settings = settings });
        LookAgain();
    }

    public Task<Outcome<RestaurantProfile>> FindProfileAsync() =>
        Task.FromResult<Outcome<RestaurantProfile>>(restaurant.State.Profile is { } profile ? profile : Refusals.RestaurantUnknown());

    public Task<Outcome<SettingsSnapshot>> FindSettingsAsync() => Task.FromResult<Outcome<SettingsSnapshot>>(Settings is { } settings ? View(settings) : Refusals.RestaurantUnknown());

    public async Task<SettingsChange> PutSettingsAsync(RestaurantSettings settings, long expectedVersion, string by)
    {
        if (restaurant.State.Profile is not { } profile) return new SettingsChange(null, [], Refused(Refusals.RestaurantUnknown()));
        if (expectedVersion != restaurant.State.SettingsVersion) return new SettingsChange(View(Settings!), [], Refused(Refusals.SettingsVersionConflict()));
        settings = SettingsRules.WithoutNulls(settings);
        var faults = SettingsRules.Validate(settings, around.Limits);
        if (faults.Count > 0) return new SettingsChange(View(Settings!), faults, null);
        await restaurant.ReplaceAsync(restaurant.State with
        {
            Profile = profile with { Name = settings.Name, Language = settings.Language, TimeZone = settings.TimeZone, Greeting = settings.Greeting },
            Settings = settings,
            SettingsVersion = expectedVersion + 1,
            SettingsBy = by,
        });
        LookAgain();
        return new SettingsChange(View(settings), [], null);
    }

    public Task<Outcome<MenuSnapshot>> FindMenuAsync() => Task.FromResult(CurrentMenu());

    public Task<Outcome<OrderingSnapshot>> FindOrderingAsync()
    {
        var menu = CurrentMenu();
        return Task.FromResult<Outcome<OrderingSnapshot>>(menu.IsOk ? new OrderingSnapshot(menu.Value, Settings!.PriceRule, View(Settings).IsOpen) : menu.Refusal);
    }

    public Task<Outcome<MenuSnapshot>> FindMenuVersionAsync(long version) =>
        Task.FromResult<Outcome<MenuSnapshot>>(Shelf.Versions.FirstOrDefault(snapshot => snapshot.Version == version) is { } found ? found : Refusals.MenuMissing());

    public Task<Outcome<MenuSnapshot>> FindMenuSourceAsync(string menuId, long? version) => Task.FromResult<Outcome<MenuSnapshot>>(
        Shelf.Versions.LastOrDefault(snapshot => snapshot.MenuId == menuId && (version is null || snapshot.Version == version)) is { } found ? found : Refused(Refusals.MenuMissing()));

    public Task<Outcome<MenuShelfView>> ListMenusAsync() => Task.FromResult(ShelfView());

    public Task<MenuChange> PutMenuAsync(Menu menu, long expectedVersion) => StoreMenuAsync(new StoreMenu(MenuSnapshot.DefaultId, menu, expectedVersion, null, ""));

    public async Task<MenuChange> StoreMenuAsync(StoreMenu command)
    {
        var version = MenuShelf.NewestVersion(Shelf, command.MenuId);
        if (restaurant.State.Profile is null) return new MenuChange(version, [], Refused(Refusals.RestaurantUnknown()));
        if (!MenuValidation.IsSlug(command.MenuId)) return new MenuChange(version, [], Refused(Refusals.MenuIdInvalid()));
        if (command.ExpectedVersion != version) return new MenuChange(version, [], Refused(Refusals.MenuVersionConflict()));
        if (version == 0 && Shelf.Versions.Select(other => other.MenuId).Distinct(StringComparer.Ordinal).Count() >= around.Limits.Menus)
            return new MenuChange(version, [], Refused(Refusals.MenusExhausted(around.Limits.Menus)));
        var faults = MenuValidation.Validate(command.Menu, around.Limits);
        if (faults.Count > 0) return new MenuChange(version, faults, null);
        var next = new MenuSnapshot(Shelf.NextVersion, MenuNormalization.WithoutNulls(command.Menu))
        {
            MenuId = command.MenuId,
            StoredAt = Now,
            StoredBy = command.By,
            ActiveFrom = command.ActiveFrom,
        };
        await menus.ReplaceAsync(MenuShelf.Store(Shelf, next, around.Limits, Now));
        LookAgain();
        return new MenuChange(next.Version, [], null);
    }

    public async Task<MenuChange> RevertMenuAsync(RevertMenu command)
    {
        var found = await FindMenuSourceAsync(command.MenuId, command.Version);
        return found.IsOk
            ? await StoreMenuAsync(new StoreMenu(command.MenuId, found.Value.Menu, command.ExpectedVersion, null, command.By))
            : new MenuChange(MenuShelf.NewestVersion(Shelf, command.MenuId), [], found.Refusal);
    }

    public async Task<Outcome<MenuShelfView>> SwitchMenuAsync(MenuSwitch change)
    {
        if (MenuShelf.NewestVersion(Shelf, change.MenuId) == 0) return Refused(Refusals.MenuMissing());
        if (MenuShelf.Pending(Shelf, Now).Count() > around.Limits.MenuSwitches) return Refused(Refusals.MenuSwitchesExhausted(around.Limits.MenuSwitches));
        await menus.ReplaceAsync(MenuShelf.Switch(Shelf, change, Now));
        LookAgain();
        return ShelfView();
    }

    public async Task<Outcome<MenuShelfView>> CancelSwitchAsync(string menuId, DateTimeOffset from)
    {
        await menus.ReplaceAsync(MenuShelf.Cancel(Shelf, menuId, from, Now));
        LookAgain();
        return ShelfView();
    }

    public async Task<Outcome<MenuShelfView>> MarkSoldOutAsync(string itemId, DateTimeOffset? until, string by)
    {
        if (until <= Now) return Refused(Refusals.SoldOutUntilPast());
        if (!Shelf.Versions.Any(version => version.Menu.Categories.Any(category => category.Items.Any(item => item.Id == itemId)))) return Refused(Refusals.ItemUnknown([]));
        await KeepMarksAsync(itemId, SoldOutKind.Item, new SoldOutItem(itemId, until, Now, by));
        return ShelfView();
    }

    public async Task<Outcome<MenuShelfView>> MarkBackAsync(string itemId, string by)
    {
        await KeepMarksAsync(itemId, SoldOutKind.Item, null);
        return ShelfView();
    }

    public async Task<Outcome<MenuShelfView>> MarkOptionSoldOutAsync(string optionId, DateTimeOffset? until, string by)
    {
        if (until <= Now) return Refused(Refusals.SoldOutUntilPast());
        if (!Shelf.Versions.Any(version => MenuAvailability.HasOption(version.Menu, optionId))) return Refused(Refusals.OptionNowhere());
        await KeepMarksAsync(optionId, SoldOutKind.Option, new SoldOutItem(optionId, until, Now, by) { Kind = SoldOutKind.Option });
        return ShelfView();
    }

    public async Task<Outcome<MenuShelfView>> MarkOptionBackAsync(string optionId, string by)
    {
        await KeepMarksAsync(optionId, SoldOutKind.Option, null);
        return ShelfView();
    }

    public Task WatchMenuAsync(SessionId session)
    {
        _carts.Add(session);
        _clock ??= this.RegisterGrainTimer(OnClockAsync, new GrainTimerCreationOptions(ClockPeriod, ClockPeriod));
        return Task.CompletedTask;
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
        : Refused(Refusals.ListenersExhausted(around.Limits.Listeners)));

    public Task UnsubscribeAsync(IOrderFeedObserver observer)
    {
        _feed.Remove(observer);
        return Task.CompletedTask;
    }

    private Task OnClockAsync(CancellationToken cancellationToken)
    {
        Look();
        if (_carts.IsEmpty)
        {
            _clock?.Dispose();
            _clock = null;
        }
        return Task.CompletedTask;
    }

    private Task KeepMarksAsync(string id, SoldOutKind kind, SoldOutItem? mark)
    {
        if (mark is null && !soldOut.State.Items.Any(other => other.ItemId == id && other.Kind == kind)) return Task.CompletedTask;
        var marks = soldOut.State.Items.Where(other => (other.ItemId != id || other.Kind != kind) && !(other.Until <= Now));
        return LookAfterAsync(soldOut.ReplaceAsync(new SoldOutState { Items = (mark is null ? marks : marks.Append(mark)).ToArray() }));
    }

    private async Task LookAfterAsync(Task write)
    {
        await write;
        LookAgain();
    }

    private void LookAgain()
    {
        _effective.Invalidate();
        Look();
    }

    /// <summary>The effective menu; when it is another one than before, the carts that watch it are told.</summary>
    private MenuSnapshot? Look()
    {
        var (menu, isNew) = _effective.Look(Shelf, soldOut.State.Items, Settings?.TimeZone ?? "UTC");
        if (isNew) foreach (var cart in _carts.Present()) _ = GrainFactory.GetGrain<ICartGrain>(cart.Value).MenuChangedAsync();
        return menu;
    }

    private SettingsSnapshot View(RestaurantSettings settings) =>
        new(restaurant.State.SettingsVersion, settings, LocalTimes.IsOpen(settings.Hours, LocalTimes.Now(Now, settings.TimeZone)));

    private Outcome<MenuShelfView> ShelfView() => restaurant.State.Profile is null ? Refused(Refusals.RestaurantUnknown()) : MenuShelf.View(Shelf, soldOut.State.Items, Now);

    private Outcome<MenuSnapshot> CurrentMenu()
    {
        if (restaurant.State.Profile is null) return Refusals.RestaurantUnknown();
        return Look() is { } menu ? menu : Refusals.MenuMissing();
    }

    private Outcome<ParsedOrder> Parse(ParseOrder command)
    {
        if (string.IsNullOrWhiteSpace(command.Text)) return Refused(Refusals.TextMissing());
        if (command.Text.Length > around.Limits.TextCharacters) return Refused(Refusals.TextTooLong(around.Limits.TextCharacters));
        if (command.Threshold is { } asked && !(asked is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(command), "A threshold is 0 to 1.");
        var menu = CurrentMenu();
        if (!menu.IsOk) return Refused(menu.Refusal);
        var parsed = around.Menus.For(this.GetPrimaryKeyString(), menu.Value).Parse(command.Text, command.Threshold ?? DecidedFlags.AcceptAt(command.Flags));
        foreach (var line in parsed.Lines) around.Metrics.Matched(line.Confidence);
        return parsed;
    }

    private Refusal Refused(Refusal refusal) => around.Metrics.Refused(refusal);
}
