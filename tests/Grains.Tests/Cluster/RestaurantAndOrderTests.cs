using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Cluster;

public sealed class RestaurantAndOrderTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    [Fact]
    public async Task A_menu_is_replaced_as_a_whole_or_not_at_all_and_earlier_ones_are_kept()
    {
        var restaurant = await NewRestaurantAsync("menus");
        (await restaurant.FindMenuAsync()).Refusal!.Code.ShouldBe("MENU_MISSING");
        (await restaurant.PutMenuAsync(TestMenus.Diner, 0)).ShouldSatisfyAllConditions(change => change.Version.ShouldBe(1), change => change.Faults.ShouldBeEmpty());
        var faulty = await restaurant.PutMenuAsync(TestMenus.Diner with { Currency = "" }, 1);
        (faulty.Version, faulty.Faults.Single().Path).ShouldBe((1, "/currency"));
        (await restaurant.PutMenuAsync(TestMenus.Diner, 0)).Refusal!.Code.ShouldBe("MENU_VERSION_CONFLICT");
        (await restaurant.PutMenuAsync(TestMenus.Diner with { Currency = "EUR" }, 1)).Version.ShouldBe(2);
        await cluster.DeactivateAsync(restaurant);
        (await restaurant.FindMenuAsync()).Value!.Menu.Currency.ShouldBe("EUR");
        (await restaurant.FindMenuVersionAsync(1)).Value!.Menu.Currency.ShouldBe("USD");
        (await restaurant.FindMenuVersionAsync(3)).Refusal!.Code.ShouldBe("MENU_MISSING");
    }

    [Fact]
    public async Task An_unknown_restaurant_has_nothing()
    {
        var restaurant = cluster.Client.GetGrain<IRestaurantGrain>("unknown-one");
        (await restaurant.FindProfileAsync()).Refusal!.Code.ShouldBe("RESTAURANT_UNKNOWN");
        (await restaurant.FindMenuAsync()).Refusal!.Code.ShouldBe("RESTAURANT_UNKNOWN");
        (await restaurant.PutMenuAsync(TestMenus.Diner, 0)).Refusal!.Code.ShouldBe("RESTAURANT_UNKNOWN");
        (await restaurant.ParseOrderAsync(new ParseOrder("a cola", null))).Refusal!.Code.ShouldBe("RESTAURANT_UNKNOWN");
    }

    [Fact]
    public async Task Words_are_parsed_against_the_menu_in_force()
    {
        var restaurant = await NewRestaurantAsync("parsing");
        await restaurant.PutMenuAsync(TestMenus.Diner, 0);
        (await restaurant.ParseOrderAsync(new ParseOrder("two cokes", null))).Value!.Lines.Single().ItemId.ShouldBe("cola");
        var drinks = TestMenus.Diner.Categories[2];
        await restaurant.PutMenuAsync(TestMenus.Diner with { Categories = [drinks with { Items = [TestMenus.Item("pop", "Pop", 100) with { Aliases = ["coke"] }] }] }, 1);
        (await restaurant.ParseOrderAsync(new ParseOrder("two cokes", null))).Value!.Lines.Single().ItemId.ShouldBe("pop");
        (await restaurant.ParseOrderAsync(new ParseOrder(" ", null))).Refusal!.Code.ShouldBe("TEXT_MISSING");
        (await restaurant.ParseOrderAsync(new ParseOrder(new string('a', 2_001), null))).Refusal!.Code.ShouldBe("TEXT_TOO_LONG");
    }

    [Fact]
    public async Task An_order_moves_through_its_table_and_the_kitchen_hears_of_each_move()
    {
        var order = await PlaceAsync();
        var feed = new FeedListener();
        await cluster.Client.GetGrain<IRestaurantGrain>(_caller.Restaurant.Value).SubscribeAsync(cluster.Client.CreateObjectReference<IOrderFeedObserver>(feed));
        var grain = cluster.Client.GetGrain<IOrderGrain>(order.Id.Value);
        (await grain.ChangeStatusAsync(_caller, OrderStatus.Ready)).Refusal!.ShouldSatisfyAllConditions(
            refusal => refusal.Code.ShouldBe("TRANSITION_INVALID"), refusal => refusal.Choices.ShouldBe(["accepted", "cancelled"]));
        (await grain.ChangeStatusAsync(_caller, OrderStatus.Accepted)).Value!.Version.ShouldBe(2);
        (await grain.ChangeStatusAsync(_caller, OrderStatus.Accepted)).Value!.Version.ShouldBe(2, "staying is not a move");
        await cluster.DeactivateAsync(grain);
        (await grain.ChangeStatusAsync(_caller, OrderStatus.Preparing)).Value!.Status.ShouldBe(OrderStatus.Preparing);
        await feed.WaitAsync("both moves", orders => orders.Count(told => told.Id == order.Id && told.Version >= 2) == 2);
    }

    [Fact]
    public async Task An_order_that_moved_on_behind_the_grains_back_is_read_again()
    {
        var order = await PlaceAsync();
        var grain = cluster.Client.GetGrain<IOrderGrain>(order.Id.Value);
        await grain.ViewAsync(_caller);
        await cluster.Store.ChangeStatusAsync(new StatusChange(_caller.Restaurant, order.Id, OrderStatus.Accepted, 1, "elsewhere", DateTimeOffset.UnixEpoch), default);
        (await grain.ChangeStatusAsync(_caller, OrderStatus.Accepted)).Value!.Version.ShouldBe(2, "somebody else had done it");
    }

    [Fact]
    public async Task Nobody_else_sees_or_moves_an_order()
    {
        var order = await PlaceAsync();
        var grain = cluster.Client.GetGrain<IOrderGrain>(order.Id.Value);
        var stranger = OrderingCluster.Caller(OrderingCluster.Pronto);
        (await grain.ViewAsync(stranger)).Refusal!.Code.ShouldBe("ORDER_UNKNOWN");
        (await grain.ViewAsync(_caller)).Value!.Id.ShouldBe(order.Id);
        (await grain.ViewAsync(stranger)).Refusal!.Code.ShouldBe("ORDER_UNKNOWN", "also when the order is in memory");
        (await grain.ChangeStatusAsync(stranger, OrderStatus.Accepted)).Refusal!.Code.ShouldBe("ORDER_UNKNOWN");
        (await grain.ChangeStatusAsync(_caller with { Scopes = new[] { Scopes.OrdersRead } }, OrderStatus.Accepted)).Refusal!.Code.ShouldBe("SCOPE_MISSING");
        (await cluster.Client.GetGrain<IOrderGrain>("ord-nothing").ViewAsync(_caller)).Refusal!.Code.ShouldBe("ORDER_UNKNOWN");
    }

    [Fact]
    public async Task Nine_orders_of_three_users_at_three_restaurants_are_where_they_belong()
    {
        var restaurants = new[] { "tenant-a", "tenant-b", "tenant-c" };
        foreach (var id in restaurants) await (await NewRestaurantAsync(id)).PutMenuAsync(TestMenus.Diner, 0);
        var placed = await Task.WhenAll(from restaurant in restaurants from user in new[] { "u1", "u2", "u3" } select PlaceAsync(OrderingCluster.Caller(new RestaurantId(restaurant), user)));
        foreach (var restaurant in restaurants)
        {
            var mine = (await cluster.Store.ListAsync(new OrderQuery(new RestaurantId(restaurant), [], null, 50, null), default)).Orders;
            mine.Count.ShouldBe(3);
            mine.ShouldBeSubsetOf(placed.Where(order => order.Restaurant.Value == restaurant));
        }
    }

    private Task<OrderView> PlaceAsync() => PlaceAsync(_caller);

    private async Task<OrderView> PlaceAsync(Caller caller)
    {
        var (_, cart, opened) = await cluster.OpenAsync(caller);
        await OrderingCluster.AddColaAsync(cart, caller);
        return (await cart.SubmitAsync(caller, new SubmitCart(opened.Session.Id.Value, null, "f", "click"))).Value!.Order;
    }

    private async Task<IRestaurantGrain> NewRestaurantAsync(string id)
    {
        var restaurant = cluster.Client.GetGrain<IRestaurantGrain>(id);
        await restaurant.SetProfileAsync(new RestaurantProfile(new RestaurantId(id), id, "en", "UTC", "Hello."));
        return restaurant;
    }
}
