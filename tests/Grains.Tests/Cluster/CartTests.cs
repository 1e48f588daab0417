using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Cluster;

public sealed class CartTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    [Fact]
    public async Task An_accepted_change_survives_the_activation()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        var before = await OrderingCluster.AddColaAsync(cart, _caller);
        await cluster.DeactivateAsync(cart);
        var after = (await cart.ViewAsync(_caller)).Value!;
        (after.Version, after.Lines.Single().LineId, after.Total).ShouldBe((before.Version, "l1", before.Total));
    }

    [Fact]
    public async Task Amounts_and_wishes_survive_the_activation_and_are_in_the_order()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        var asked = new LineRequest { ItemId = "classic-burger", Amounts = [new OptionAmount("onions", "light")], Requests = ["no bacon"] };
        (await cart.AddLineAsync(_caller, new CartChange(null, null), asked)).Refusal.ShouldBeNull();
        await cluster.DeactivateAsync(cart);
        var order = (await cart.SubmitAsync(_caller, new SubmitCart("wishes", null, "f", "click"))).Value!.Order;
        foreach (var line in new[] { (await cart.ViewAsync(_caller)).Value!.Lines.Single(), order.Lines.Single() })
        {
            line.Amounts.ShouldBe([new ChosenAmount("onions", "Onions", "light")]);
            line.Requests.ShouldBe([new SpecialRequest("none", "Bacon", "bacon")]);
        }
    }

    [Fact]
    public async Task A_repeated_mutation_key_changes_nothing_even_after_deactivation()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller, "call-1");
        await cluster.DeactivateAsync(cart);
        (await OrderingCluster.AddColaAsync(cart, _caller, "call-1")).Lines.Count.ShouldBe(1);
        var other = await cart.AddLineAsync(_caller, new CartChange("call-1", null), new LineRequest { ItemId = "lemonade" });
        other.Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task Parallel_changes_are_all_applied_and_a_lost_race_is_told()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => OrderingCluster.AddColaAsync(cart, _caller, $"key-{number}")));
        var view = (await cart.ViewAsync(_caller)).Value!;
        (view.Version, view.Lines.Select(line => line.LineId).Distinct().Count()).ShouldBe((20, 20));
        var races = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => cart.AddLineAsync(_caller, new CartChange(null, 20), new LineRequest { ItemId = "cola" })));
        races.Count(race => race.IsOk).ShouldBe(1);
        races.Where(race => !race.IsOk).ShouldAllBe(race => race.Refusal!.Code == "CART_VERSION_CONFLICT");
    }

    [Fact]
    public async Task Remembered_changes_have_a_limit_that_is_told()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        for (var i = 0; i < 15; i++)
        {
            await OrderingCluster.AddColaAsync(cart, _caller, $"add-{i}");
            (await cart.RemoveLineAsync(_caller, new CartChange($"remove-{i}", null), $"l{i + 1}")).Refusal.ShouldBeNull();
        }
        var over = await cart.AddLineAsync(_caller, new CartChange("one-more", null), new LineRequest { ItemId = "cola" });
        over.Refusal!.Code.ShouldBe("CART_CHANGES_EXHAUSTED");
    }

    [Fact]
    public async Task Nobody_else_sees_or_changes_a_cart()
    {
        var (_, cart, opened) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);
        foreach (var stranger in new[] { OrderingCluster.Caller(OrderingCluster.Pronto), OrderingCluster.Caller(OrderingCluster.Harbor, "user-2"), OrderingCluster.Caller(new RestaurantId("")) })
        {
            (await cart.ViewAsync(stranger)).Refusal!.Code.ShouldBe("SESSION_UNKNOWN");
            (await cart.AddLineAsync(stranger, new CartChange(null, null), new LineRequest { ItemId = "cola" })).Refusal!.Code.ShouldBe("SESSION_UNKNOWN");
            (await cart.ChangeLineAsync(stranger, new CartChange(null, null), "l1", new LinePatch { Quantity = 2 })).Refusal!.Code.ShouldBe("SESSION_UNKNOWN");
            (await cart.RemoveLineAsync(stranger, new CartChange(null, null), "l1")).Refusal!.Code.ShouldBe("SESSION_UNKNOWN");
            (await cart.SubmitAsync(stranger, new SubmitCart("k", null, "f", "click"))).Refusal!.Code.ShouldBe("SESSION_UNKNOWN");
        }
        cluster.Store.Orders.ShouldNotContain(order => order.Session == opened.Session.Id);
        (await cluster.Client.GetGrain<ICartGrain>("never-opened").ViewAsync(_caller)).Refusal!.Code.ShouldBe("SESSION_UNKNOWN");
    }

    [Fact]
    public async Task A_change_by_hand_is_told_to_the_sessions_listeners_once()
    {
        var (session, cart, _) = await cluster.OpenAsync(_caller);
        var listener = new SessionListener();
        await session.SubscribeAsync(_caller, cluster.Client.CreateObjectReference<ISessionObserver>(listener), 0);
        await OrderingCluster.AddColaAsync(cart, _caller);
        await cart.ChangeLineAsync(_caller, new CartChange(null, null), "l1", new LinePatch { Quantity = 3 });
        var heard = await listener.WaitAsync("two cart changes", events => events.Count(told => told.Name == SessionEventNames.CartChanged) == 2);
        heard.ShouldAllBe(told => told.DataJson.Contains("\"cause\":\"hand\""));
        heard[^1].DataJson.ShouldContain("\"quantity\":3");
        GC.KeepAlive(listener);
    }
}
