using Orleans.Concurrency;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Restaurants;

/// <summary>A restaurant: profile, menu with versions, order feed. Key: restaurant id.</summary>
[Alias("vo.IRestaurantGrain")]
public interface IRestaurantGrain : IGrainWithStringKey
{
    /// <summary>Creates the restaurant or changes its profile; durable when it returns. Used by seeding and settings.</summary>
    [Alias("SetProfile")] Task SetProfileAsync(RestaurantProfile profile);

    /// <summary>The profile; refuses <c>RESTAURANT_UNKNOWN</c> before the first <see cref="SetProfileAsync"/>.</summary>
    [Alias("Profile")] Task<Outcome<RestaurantProfile>> FindProfileAsync();

    /// <summary>The effective menu of this moment (docs/architecture/menus.md); refuses <c>RESTAURANT_UNKNOWN</c> or <c>MENU_MISSING</c>.</summary>
    [Alias("Menu")] Task<Outcome<MenuSnapshot>> FindMenuAsync();

    /// <summary>What decides about an order at this moment; refuses as <see cref="FindMenuAsync"/>.</summary>
    [Alias("Ordering")] Task<Outcome<OrderingSnapshot>> FindOrderingAsync();

    /// <summary>Replaces the menu <c>main</c> as a whole, at once. All faults are listed, nothing is stored when there is one.</summary>
    /// <param name="menu">The new menu.</param>
    /// <param name="expectedVersion">The version it was edited from, 0 for the first; another one in force refuses <c>MENU_VERSION_CONFLICT</c>.</param>
    [Alias("PutMenu")] Task<MenuChange> PutMenuAsync(Menu menu, long expectedVersion);

    /// <summary>Words to lines, without changing anything.</summary>
    [Alias("ParseOrder")] Task<Outcome<ParsedOrder>> ParseOrderAsync(ParseOrder command);

    /// <summary>Told by the placing grain after an order is durable or changed; raises the kitchen feed. At least once, any order.</summary>
    [Alias("OrderChanged")] Task OrderChangedAsync(OrderView order);

    /// <summary>Subscribes to order changes; renew within <see cref="FeedLease"/>. Delivery is at most once: on (re)connect read the orders from the store.</summary>
    /// <remarks>Refuses <c>LISTENERS_EXHAUSTED</c>.</remarks>
    [Alias("Subscribe")] Task<Outcome<FeedSubscription>> SubscribeAsync(IOrderFeedObserver observer);

    /// <summary>Ends a subscription; unknown observers are ignored.</summary>
    [Alias("Unsubscribe")] Task UnsubscribeAsync(IOrderFeedObserver observer);

    /// <summary>Stores a menu as a new version. All faults are listed, nothing is stored when there is one; refuses also <c>MENUS_EXHAUSTED</c>.</summary>
    [Alias("StoreMenu")] Task<MenuChange> StoreMenuAsync(StoreMenu command);

    /// <summary>Makes a kept version of a menu its newest again; refuses <c>MENU_MISSING</c>, <c>MENU_VERSION_CONFLICT</c>.</summary>
    [Alias("RevertMenu")] Task<MenuChange> RevertMenuAsync(RevertMenu command);

    /// <summary>A menu as written: its newest version, or the given one while it is kept; refuses <c>MENU_MISSING</c>.</summary>
    [Alias("MenuSource")] Task<Outcome<MenuSnapshot>> FindMenuSourceAsync(string menuId, long? version);

    /// <summary>All menus, their versions, what is in force and what is sold out; refuses <c>RESTAURANT_UNKNOWN</c>.</summary>
    [Alias("Menus")] Task<Outcome<MenuShelfView>> ListMenusAsync();

    /// <summary>Puts a menu in force from an instant on; an instant that is past means at once. Refuses <c>MENU_MISSING</c>, <c>MENU_SWITCHES_EXHAUSTED</c>.</summary>
    [Alias("SwitchMenu")] Task<Outcome<MenuShelfView>> SwitchMenuAsync(MenuSwitch change);

    /// <summary>Takes a planned switch back; one that is not there is ignored.</summary>
    [Alias("CancelMenuSwitch")] Task<Outcome<MenuShelfView>> CancelSwitchAsync(string menuId, DateTimeOffset from);

    /// <summary>Marks an item as sold out, until an instant or until further notice; refuses <c>ITEM_UNKNOWN</c> and <c>SOLD_OUT_UNTIL_PAST</c>. Marking it again replaces the mark.</summary>
    [Alias("MarkSoldOut")] Task<Outcome<MenuShelfView>> MarkSoldOutAsync(string itemId, DateTimeOffset? until, string by);

    /// <summary>Takes the mark off; an item without one is ignored.</summary>
    [Alias("MarkBack")] Task<Outcome<MenuShelfView>> MarkBackAsync(string itemId, string by);

    /// <summary>Marks an option as sold out wherever it is offered; refuses <c>OPTION_UNKNOWN</c> and <c>SOLD_OUT_UNTIL_PAST</c>. Items that have it by default are made without it.</summary>
    [Alias("MarkOptionSoldOut")] Task<Outcome<MenuShelfView>> MarkOptionSoldOutAsync(string optionId, DateTimeOffset? until, string by);

    /// <summary>Takes the mark off; an option without one is ignored.</summary>
    [Alias("MarkOptionBack")] Task<Outcome<MenuShelfView>> MarkOptionBackAsync(string optionId, string by);

    /// <summary>Asks that this session's cart be told of changes of the effective menu; forgotten after <see cref="WatchLease"/> or when the activation ends.</summary>
    [Alias("WatchMenu"), OneWay] Task WatchMenuAsync(SessionId session);

    /// <summary>The settings; refuses <c>RESTAURANT_UNKNOWN</c>.</summary>
    [Alias("Settings")] Task<Outcome<SettingsSnapshot>> FindSettingsAsync();

    /// <summary>Replaces the settings as a whole; refuses <c>RESTAURANT_UNKNOWN</c>, <c>SETTINGS_VERSION_CONFLICT</c>.</summary>
    [Alias("PutSettings")] Task<SettingsChange> PutSettingsAsync(RestaurantSettings settings, long expectedVersion, string by);

    /// <summary>An earlier menu that is still kept, as written, or a refusal <c>MENU_MISSING</c>.</summary>
    [Alias("MenuVersion")] Task<Outcome<MenuSnapshot>> FindMenuVersionAsync(long version);

    /// <summary>How long a subscription lives without renewal.</summary>
    static TimeSpan FeedLease => TimeSpan.FromMinutes(2);

    /// <summary>How long a cart that asked is told of menu changes.</summary>
    static TimeSpan WatchLease => TimeSpan.FromHours(1);
}

/// <summary>A granted subscription.</summary>
/// <param name="Lease">Renew before this has passed.</param>
[GenerateSerializer, Immutable, Alias("vo.FeedSubscription")]
public sealed record FeedSubscription([property: Id(0)] TimeSpan Lease);

/// <summary>Receives order changes of one restaurant.</summary>
[Alias("vo.IOrderFeedObserver")]
public interface IOrderFeedObserver : IGrainObserver
{
    /// <summary>An order was placed or changed.</summary>
    [Alias("OrderChanged")] Task OrderChangedAsync(OrderView order);
}

/// <summary>What a caller hears and sees of a restaurant.</summary>
/// <param name="Id">The restaurant.</param>
/// <param name="Name">Shown and spoken name.</param>
/// <param name="Language">BCP 47 tag of the default call language.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Greeting">The first spoken sentence.</param>
[GenerateSerializer, Immutable, Alias("vo.RestaurantProfile")]
public sealed record RestaurantProfile(
    [property: Id(0)] RestaurantId Id, [property: Id(1)] string Name, [property: Id(2)] string Language,
    [property: Id(3)] string TimeZone, [property: Id(4)] string Greeting);

/// <summary>Result of a menu change.</summary>
/// <param name="Version">The version in force after the call.</param>
/// <param name="Faults">Empty when stored.</param>
/// <param name="Refusal">Set when refused for another reason than faults.</param>
[GenerateSerializer, Immutable, Alias("vo.MenuChange")]
public sealed record MenuChange([property: Id(0)] long Version, [property: Id(1)] IReadOnlyList<MenuFault> Faults, [property: Id(2)] Refusal? Refusal);

/// <summary>Words to be understood as order lines.</summary>
/// <param name="Text">1–2,000 characters.</param>
/// <param name="Threshold">Accept at or above this confidence, 0–1; null takes that of the flags.</param>
[GenerateSerializer, Immutable, Alias("vo.ParseOrder")]
public sealed record ParseOrder([property: Id(0)] string Text, [property: Id(1)] double? Threshold)
{
    /// <summary>Flags that are on for whoever asks; null takes the defaults.</summary>
    [Id(2)] public IReadOnlyList<string>? Flags { get; init; }
}

/// <summary>What was understood.</summary>
/// <param name="Lines">Lines at or above 0.5 confidence.</param>
/// <param name="Unmatched">Words that name nothing on the menu, with up to three suggestions each.</param>
[GenerateSerializer, Immutable, Alias("vo.ParsedOrder")]
public sealed record ParsedOrder([property: Id(0)] IReadOnlyList<ParsedLine> Lines, [property: Id(1)] IReadOnlyList<UnmatchedWords> Unmatched);

/// <summary>One understood line.</summary>
[GenerateSerializer, Immutable, Alias("vo.ParsedLine")]
public sealed record ParsedLine
{
    /// <summary>Menu item id.</summary>
    [Id(0)] public required string ItemId { get; init; }
    /// <summary>Menu item name.</summary>
    [Id(1)] public required string Name { get; init; }
    /// <summary>Size id, or null when none was named and the item has no default.</summary>
    [Id(2)] public string? Size { get; init; }
    /// <summary>Ids of chosen options that are not defaults.</summary>
    [Id(3)] public IReadOnlyList<string> Options { get; init; } = [];
    /// <summary>Ids of default options taken off.</summary>
    [Id(4)] public IReadOnlyList<string> Without { get; init; } = [];
    /// <summary>1 or more.</summary>
    [Id(5)] public int Quantity { get; init; } = 1;
    /// <summary>0–1.</summary>
    [Id(6)] public double Confidence { get; init; }
    /// <summary><c>accept</c> or <c>confirm</c>.</summary>
    [Id(7)] public string Decision { get; init; } = "accept";
    /// <summary>Ids of options the customer does not want although they are no defaults ("no onions" on something that has none): to be read back, nothing to take off.</summary>
    [Id(8)] public IReadOnlyList<string> Unwanted { get; init; } = [];
    /// <summary>How much of an option is wanted, where that was said; sorted by option. For an unwanted option: not in this amount ("no extra cheese").</summary>
    [Id(9)] public IReadOnlyList<OptionAmount> Amounts { get; init; } = [];
}

/// <summary>How much of an option.</summary>
/// <param name="OptionId">Option id.</param>
/// <param name="Amount"><c>light</c>, <c>extra</c> or <c>side</c> (apart from the item).</param>
[GenerateSerializer, Immutable, Alias("vo.OptionAmount")]
public sealed record OptionAmount([property: Id(0)] string OptionId, [property: Id(1)] string Amount);

/// <summary>Words that were not matched.</summary>
/// <param name="Text">The caller's words.</param>
/// <param name="Suggestions">Best first, at most three.</param>
[GenerateSerializer, Immutable, Alias("vo.UnmatchedWords")]
public sealed record UnmatchedWords([property: Id(0)] string Text, [property: Id(1)] IReadOnlyList<Suggestion> Suggestions);

/// <summary>A menu item somebody may have meant.</summary>
/// <param name="ItemId">Menu item id.</param>
/// <param name="Name">Menu item name.</param>
/// <param name="Confidence">0–1.</param>
[GenerateSerializer, Immutable, Alias("vo.Suggestion")]
public sealed record Suggestion([property: Id(0)] string ItemId, [property: Id(1)] string Name, [property: Id(2)] double Confidence);
