using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>A restaurant changes what can be ordered while carts are open.</summary>
public sealed class MenuChangeTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>, IAsyncLifetime
{
    private static int s_last;
    private readonly RestaurantId _id = new($"kiosk-{Interlocked.Increment(ref s_last)}");
    private int _submissions;
    private Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    private IRestaurantGrain Restaurant => cluster.Client.GetGrain<IRestaurantGrain>(_id.Value);

    public async Task InitializeAsync()
    {
        _caller = OrderingCluster.Caller(_id);
        await Restaurant.SetProfileAsync(new RestaurantProfile(_id, "Kiosk", "en", "UTC", "Hello."));
        (await Restaurant.PutMenuAsync(TestMenus.Diner, 0)).Faults.ShouldBeEmpty();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_item_sold_out_reaches_an_open_cart_at_once()
    {
        var (session, cart, _) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);
        var listener = new SessionListener();
        await session.SubscribeAsync(_caller, cluster.Client.CreateObjectReference<ISessionObserver>(listener), 0);

        (await Restaurant.MarkSoldOutAsync("cola", null, "chef")).Value!.SoldOut.Single().By.ShouldBe("chef");

        var heard = await listener.WaitAsync("the change of the menu", events => events.Any(told => told.DataJson.Contains("\"cause\":\"menu\"", StringComparison.Ordinal)));
        var changed = heard[^1];
        changed.Name.ShouldBe("cart.changed");
        changed.DataJson.ShouldContain("Cola is sold out at the moment. How about Lemonade?");
        (await SubmitAsync(cart)).Refusal!.Code.ShouldBe(RefusalCodes.ItemUnavailable);
        await Restaurant.MarkBackAsync("cola", "chef");
        (await SubmitAsync(cart)).Value!.Order.Total.AmountMinor.ShouldBe(241);
    }

    [Fact]
    public async Task An_option_sold_out_is_refused_and_one_that_belongs_to_an_item_has_to_be_agreed_to()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        var burger = new LineRequest { ItemId = "classic-burger" };
        (await cart.AddLineAsync(_caller, new CartChange(null, null), burger with { Options = ["bacon"] })).IsOk.ShouldBeTrue();
        (await Restaurant.MarkOptionSoldOutAsync("nothing", null, "chef")).Refusal!.Code.ShouldBe(RefusalCodes.OptionUnknown);

        await Restaurant.MarkOptionSoldOutAsync("bacon", null, "chef");
        (await cart.ViewAsync(_caller)).Value!.Lines.Single().Notice!.Sentence.ShouldContain("Bacon is not available right now.");
        (await cart.AddLineAsync(_caller, new CartChange(null, null), burger with { Options = ["bacon"] })).Refusal!.Code.ShouldBe(RefusalCodes.ItemUnavailable);
        await Restaurant.MarkOptionBackAsync("bacon", "chef");
        (await cart.ViewAsync(_caller)).Value!.Lines.Single().Notice.ShouldBeNull();

        await Restaurant.MarkOptionSoldOutAsync("lettuce", null, "chef");
        var notice = (await cart.ViewAsync(_caller)).Value!.Lines.Single().Notice!;
        (notice.Code, notice.Sentence).ShouldBe((RefusalCodes.ItemUnavailable, "Lettuce is sold out, so Classic Burger would come without. Is that all right?"));
        (await SubmitAsync(cart)).Refusal!.Code.ShouldBe(RefusalCodes.ItemUnavailable);
        var agreed = (await cart.ConfirmPricesAsync(_caller, new CartChange(null, null))).Value!.Lines.Single();
        (agreed.Notice, agreed.Without.Single().Id, agreed.UnitPrice.AmountMinor).ShouldBe((null, "lettuce", 749 + 150));
        (await cart.AddLineAsync(_caller, new CartChange(null, null), burger)).Value!.Lines[1].Without.Single().Name.ShouldBe("Lettuce", "the kitchen and the customer see what it comes without");
        (await SubmitAsync(cart)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cart_that_was_not_told_looks_before_it_becomes_an_order()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        var before = await OrderingCluster.AddColaAsync(cart, _caller);
        await cluster.DeactivateAsync(Restaurant);
        await Restaurant.MarkSoldOutAsync("cola", null, "chef");

        (await SubmitAsync(cart)).Refusal!.Code.ShouldBe(RefusalCodes.ItemUnavailable);
        var view = (await cart.ViewAsync(_caller)).Value!;
        (view.Version, view.Lines.Single().Notice!.Code).ShouldBe((before.Version + 1, RefusalCodes.ItemUnavailable));
        var stale = await cart.AddLineAsync(_caller, new CartChange(null, before.Version), new LineRequest { ItemId = "lemonade" });
        stale.Refusal!.Code.ShouldBe(RefusalCodes.CartVersionConflict);
    }

    [Fact]
    public async Task A_new_price_holds_the_order_up_where_the_restaurant_wants_it_confirmed()
    {
        var settings = (await Restaurant.FindSettingsAsync()).Value!;
        (await Restaurant.PutSettingsAsync(settings.Settings with { PriceRule = PriceRule.Reconfirm }, settings.Version, "owner")).Faults.ShouldBeEmpty();
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);
        var dearer = TestMenus.Diner with { Categories = [.. TestMenus.Diner.Categories.Select(category => category with { Items = [.. category.Items.Select(item => item with { PriceMinor = item.PriceMinor + 100 })] })] };
        (await Restaurant.PutMenuAsync(dearer, 1)).Version.ShouldBe(2);

        (await SubmitAsync(cart)).Refusal!.Code.ShouldBe(RefusalCodes.PriceChanged);
        var confirmed = await cart.ConfirmPricesAsync(_caller, new CartChange("agree", null));
        confirmed.Value!.Lines.Single().UnitPrice.AmountMinor.ShouldBe(319);
        (await cart.ConfirmPricesAsync(_caller, new CartChange("agree", null))).Value!.Version.ShouldBe(confirmed.Value.Version);
        (await SubmitAsync(cart)).Value!.Order.Subtotal.AmountMinor.ShouldBe(319);
    }

    [Fact]
    public async Task A_closed_restaurant_takes_carts_but_no_orders()
    {
        var settings = (await Restaurant.FindSettingsAsync()).Value!;
        var tomorrow = cluster.Clock.GetUtcNow().AddDays(2).DayOfWeek;
        var closed = settings.Settings with { Hours = [new OpeningHours(tomorrow, new TimeOnly(9, 0), new TimeOnly(17, 0))] };
        (await Restaurant.PutSettingsAsync(closed, settings.Version, "owner")).Stored!.IsOpen.ShouldBeFalse();
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);

        (await SubmitAsync(cart)).Refusal!.Code.ShouldBe(RefusalCodes.RestaurantClosed);
    }

    [Fact]
    public async Task Settings_keep_their_version_and_survive_the_activation()
    {
        var before = (await Restaurant.FindSettingsAsync()).Value!;
        before.Version.ShouldBe(0);
        var named = before.Settings with { Name = "Kiosk 2", Phones = ["+1 (202) 555-0123"] };
        (await Restaurant.PutSettingsAsync(named, 0, "owner")).Stored!.Version.ShouldBe(1);
        (await Restaurant.PutSettingsAsync(named, 0, "owner")).Refusal!.Code.ShouldBe(RefusalCodes.SettingsVersionConflict);
        await cluster.DeactivateAsync(Restaurant);

        (await Restaurant.FindSettingsAsync()).Value!.Settings.Phones.ShouldBe(["+12025550123"]);
        (await Restaurant.FindProfileAsync()).Value!.Name.ShouldBe("Kiosk 2");
        var faults = (await Restaurant.PutSettingsAsync(named with { TimeZone = "Mars/Base", Phones = ["12"], Greeting = "" }, 1, "owner")).Faults;
        faults.Select(fault => fault.Path).ShouldBe(["/greeting", "/timeZone", "/phones/0"]);
    }

    [Fact]
    public async Task Menus_have_versions_a_history_and_a_way_back()
    {
        (await Restaurant.StoreMenuAsync(new StoreMenu("lunch", TestMenus.Diner, 0, null, "owner"))).Version.ShouldBe(2);
        (await Restaurant.StoreMenuAsync(new StoreMenu("lunch", TestMenus.Diner with { Currency = "EUR" }, 2, null, "owner"))).Version.ShouldBe(3);
        (await Restaurant.FindMenuAsync()).Value!.Version.ShouldBe(1);
        (await Restaurant.SwitchMenuAsync(new MenuSwitch("lunch", DateTimeOffset.MinValue, "owner"))).Value!.InForceVersion.ShouldBe(3);
        (await Restaurant.FindMenuAsync()).Value!.Menu.Currency.ShouldBe("EUR");

        (await Restaurant.RevertMenuAsync(new RevertMenu("lunch", 2, 2, "owner"))).Refusal!.Code.ShouldBe(RefusalCodes.MenuVersionConflict);
        (await Restaurant.RevertMenuAsync(new RevertMenu("lunch", 2, 3, "owner"))).Version.ShouldBe(4);
        (await Restaurant.FindMenuAsync()).Value!.Menu.Currency.ShouldBe("USD");
        var shelf = (await Restaurant.ListMenusAsync()).Value!;
        shelf.Menus.Select(menu => $"{menu.Id}: {string.Join(' ', menu.Versions.Select(version => version.Version))}").ShouldBe(["lunch: 4 3 2", "main: 1"]);
        (await Restaurant.SwitchMenuAsync(new MenuSwitch("brunch", DateTimeOffset.MinValue, "owner"))).Refusal!.Code.ShouldBe(RefusalCodes.MenuMissing);
    }

    private async Task<Outcome<Submission>> SubmitAsync(ICartGrain cart) =>
        await cart.SubmitAsync(_caller, new SubmitCart($"{_id.Value}-{_submissions++}", null, "f", "click"));
}
