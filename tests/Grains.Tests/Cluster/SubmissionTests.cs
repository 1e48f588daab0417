using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Cluster;

public sealed class SubmissionTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    [Fact]
    public async Task A_hundred_parallel_submits_with_one_key_make_one_order()
    {
        var (_, cart, opened) = await FilledAsync();
        var command = Submit("click-1", "payload");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => cart.SubmitAsync(_caller, command)));
        AssertOneOrder(answers, opened.Session.Id).Total.AmountMinor.ShouldBe(219 + 22);
    }

    [Fact]
    public async Task A_hundred_submits_by_voice_and_click_with_their_own_keys_make_one_order()
    {
        var (session, cart, opened) = await FilledAsync();
        var version = (await cart.ViewAsync(_caller)).Value!.Version;
        await session.AttachAsync(_caller, new AttachBridge("bridge", "webrtc"));
        var clicks = Task.WhenAll(Enumerable.Range(0, 99).Select(number => cart.SubmitAsync(_caller, Submit($"mixed-{number}", "payload") with { ExpectedVersion = version })));
        var spoken = await session.ExecuteToolAsync("bridge", new ToolCall("call-1", "submit_order", $$"""{"cart_version":{{version}}}"""));
        var order = AssertOneOrder(await clicks, opened.Session.Id);
        spoken.OutputJson.ShouldContain($"\"number\":\"{order.Number}\"");
    }

    [Fact]
    public async Task A_replay_after_deactivation_returns_the_same_order()
    {
        var (_, cart, opened) = await FilledAsync();
        var first = (await cart.SubmitAsync(_caller, Submit("key-a", "payload"))).Value!;
        first.Replayed.ShouldBeFalse();
        await cluster.DeactivateAsync(cart);
        var again = (await cart.SubmitAsync(_caller, Submit("key-a", "payload"))).Value!;
        (again.Order.Id, again.Replayed).ShouldBe((first.Order.Id, true));
        (await cart.SubmitAsync(_caller, Submit("key-b", "other"))).Value!.Order.Id.ShouldBe(first.Order.Id);
        Orders(opened.Session.Id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_payload_is_refused_in_this_cart_and_in_another()
    {
        var (_, cart, _) = await FilledAsync();
        await cart.SubmitAsync(_caller, Submit("shared-key", "payload"));
        (await cart.SubmitAsync(_caller, Submit("shared-key", "other"))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");

        var (_, second, opened) = await FilledAsync();
        (await second.SubmitAsync(_caller, Submit("shared-key", "other"))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");
        (await second.SubmitAsync(_caller, Submit("shared-key", "payload"))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED", "the order of that key belongs to another session");
        Orders(opened.Session.Id).ShouldBeEmpty();
        (await second.SubmitAsync(_caller, Submit("own-key", "payload"))).Value!.Replayed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_submission_whose_answer_was_lost_is_repeated_into_one_order(bool storedBeforeTheCut, bool activationDied)
    {
        var (_, cart, opened) = await FilledAsync();
        CutOnce(opened, storedBeforeTheCut);
        var command = Submit($"cut-{opened.Session.Id}", "payload");
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, command));
        if (activationDied) await cluster.DeactivateAsync(cart);
        var retried = (await cart.SubmitAsync(_caller, command)).Value!;
        Orders(opened.Session.Id).Select(order => order.Id).ShouldBe([retried.Order.Id]);
        retried.Replayed.ShouldBe(storedBeforeTheCut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_whose_answer_was_lost_reaches_the_kitchen_though_nobody_submits_again(bool activationDied)
    {
        var (_, cart, opened) = await FilledAsync();
        CutOnce(opened, stored: true);
        var feed = new FeedListener();
        await SubscribeAsync(feed);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit($"cut-{opened.Session.Id}", "payload")));
        if (activationDied)
        {
            await cluster.DeactivateAsync(cart);
            await cart.ViewAsync(_caller);
        }
        await feed.WaitAsync("the order in the kitchen", orders => orders.Any(order => order.Session == opened.Session.Id));
        (await cart.ViewAsync(_caller)).Value!.Order.ShouldBe(Orders(opened.Session.Id).Single().Id);
        GC.KeepAlive(feed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_submission_that_never_reached_the_store_leaves_the_cart_open_and_orders_nothing_later(bool activationDied)
    {
        var (session, cart, opened) = await FilledAsync();
        CutOnce(opened, stored: false);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit($"cut-{opened.Session.Id}", "payload")));
        if (activationDied) await cluster.DeactivateAsync(cart);
        (await OrderingCluster.AddColaAsync(cart, _caller)).Lines.Count.ShouldBe(2);
        await session.EndAsync(_caller, "hung up");
        Orders(opened.Session.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_changed_or_ordered_while_it_is_not_known_what_the_store_holds()
    {
        var (_, cart, opened) = await FilledAsync();
        CutOnce(opened, stored: true);
        var gone = true;
        cluster.Store.BeforeLook += session =>
        {
            if (session == opened.Session.Id && Volatile.Read(ref gone)) throw new IOException("The store is gone.");
        };
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("unsettled", "payload")));
        await Should.ThrowAsync<IOException>(() => OrderingCluster.AddColaAsync(cart, _caller));
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("unsettled", "payload")));
        (await cart.ViewAsync(_caller)).Value!.Lines.Count.ShouldBe(1);
        Volatile.Write(ref gone, false);
        (await cart.AddLineAsync(_caller, new CartChange(null, null), new LineRequest { ItemId = "cola" })).Refusal!.Code.ShouldBe("CART_CLOSED");
        (await cart.SubmitAsync(_caller, Submit("unsettled", "payload"))).Value!.Replayed.ShouldBeTrue();
        (await cart.SubmitAsync(_caller, Submit("unsettled", "other"))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task An_order_that_is_seen_late_is_the_only_one_of_its_session()
    {
        var (_, cart, opened) = await FilledAsync();
        var late = opened.Session.Id;
        cluster.Store.Hide(late);
        CutOnce(opened, stored: true);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("late", "any")));
        var changed = await OrderingCluster.AddColaAsync(cart, _caller);
        changed.Lines.Count.ShouldBe(2, "the look said that there is no order");
        cluster.Store.Show(late);
        (await cart.SubmitAsync(_caller, Submit("late-2", "any"))).Refusal!.Code.ShouldBe("CART_VERSION_CONFLICT");
        (await cart.SubmitAsync(_caller, Submit("late-3", "v") with { ExpectedVersion = changed.Version })).Refusal!.Code.ShouldBe("CART_VERSION_CONFLICT");
        var stored = Orders(late).ShouldHaveSingleItem();
        var view = (await cart.ViewAsync(_caller)).Value!;
        (view.Order, view.Lines.Count, view.Total).ShouldBe((stored.Id, 1, stored.Total));
        (await cart.SubmitAsync(_caller, Submit("late", "any"))).Value!.Order.Id.ShouldBe(stored.Id);
    }

    [Fact]
    public async Task A_changed_cart_is_not_what_was_reviewed()
    {
        var (_, cart, opened) = await FilledAsync();
        var reviewed = (await cart.ViewAsync(_caller)).Value!.Version;
        await OrderingCluster.AddColaAsync(cart, _caller);
        (await cart.SubmitAsync(_caller, Submit("key", "payload") with { ExpectedVersion = reviewed })).Refusal!.Code.ShouldBe("CART_VERSION_CONFLICT");
        Orders(opened.Session.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_cart_a_missing_scope_and_a_bad_key_are_refused()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        (await cart.SubmitAsync(_caller, Submit("key-x", "payload"))).Refusal!.Code.ShouldBe("CART_EMPTY");
        (await cart.SubmitAsync(_caller with { Scopes = new[] { Scopes.OrdersRead } }, Submit("key-x", "payload"))).Refusal!.Code.ShouldBe("SCOPE_MISSING");
        (await cart.SubmitAsync(_caller, Submit("", "payload"))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_INVALID");
        (await cart.SubmitAsync(_caller, Submit(new string('k', 256), "payload"))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_INVALID");
    }

    [Fact]
    public async Task A_placed_cart_is_closed_and_kitchen_and_session_are_told()
    {
        var (session, cart, opened) = await FilledAsync();
        var feed = new FeedListener();
        await SubscribeAsync(feed);
        var listener = new SessionListener();
        await session.SubscribeAsync(_caller, cluster.Client.CreateObjectReference<ISessionObserver>(listener), 0);
        var order = (await cart.SubmitAsync(_caller, Submit("close", "payload"))).Value!.Order;
        await feed.WaitAsync("the order in the kitchen", orders => orders.Any(told => told.Id == order.Id));
        var events = await listener.WaitAsync("order.placed", heard => heard.Any(told => told.Name == SessionEventNames.OrderPlaced));
        events.Last(told => told.Name == SessionEventNames.OrderPlaced).DataJson.ShouldContain(order.Id.Value);
        (await cart.AddLineAsync(_caller, new CartChange(null, null), new LineRequest { ItemId = "cola" })).Refusal!.Code.ShouldBe("CART_CLOSED");
        (await cart.ViewAsync(_caller)).Value!.Order.ShouldBe(order.Id);
        GC.KeepAlive(listener);
        GC.KeepAlive(feed);
    }

    [Fact]
    public async Task Prices_stay_as_agreed_but_what_was_taken_off_the_menu_cannot_be_ordered()
    {
        var caller = OrderingCluster.Caller(new RestaurantId("changing"));
        var restaurant = cluster.Client.GetGrain<IRestaurantGrain>("changing");
        await restaurant.SetProfileAsync(new RestaurantProfile(caller.Restaurant, "Changing", "en", "UTC", "Hello."));
        await restaurant.PutMenuAsync(TestMenus.Diner, 0);
        var (_, cart, _) = await cluster.OpenAsync(caller);
        await OrderingCluster.AddColaAsync(cart, caller);
        var drinks = TestMenus.Diner.Categories[2];
        var gone = TestMenus.Diner with { Categories = [TestMenus.Diner.Categories[0], drinks with { Items = [drinks.Items[0] with { Available = false, PriceMinor = 999 }] }] };
        (await restaurant.PutMenuAsync(gone, 1)).Version.ShouldBe(2);
        (await cart.SubmitAsync(caller, Submit("gone", "payload"))).Refusal!.Code.ShouldBe("ITEM_UNAVAILABLE");
        var back = gone with { Categories = [gone.Categories[0], drinks with { Items = [drinks.Items[0] with { PriceMinor = 999 }] }] };
        (await restaurant.PutMenuAsync(back, 2)).Version.ShouldBe(3);
        (await cart.SubmitAsync(caller, Submit("back", "payload"))).Value!.Order.Subtotal.AmountMinor.ShouldBe(219);
    }

    /// <summary>The next placement of this session throws, before or after the order is stored.</summary>
    private void CutOnce(SessionOpened opened, bool stored)
    {
        var fail = 1;
        void Cut(OrderPlacement placement)
        {
            if (placement.Order.Session == opened.Session.Id && Interlocked.Exchange(ref fail, 0) == 1) throw new IOException("The store is gone.");
        }
        if (stored) cluster.Store.AfterPlace += Cut;
        else cluster.Store.BeforePlace += Cut;
    }

    private static SubmitCart Submit(string key, string payload) => new(key, null, payload, "click");

    private async Task<(ISessionGrain Session, ICartGrain Cart, SessionOpened Opened)> FilledAsync()
    {
        var open = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(open.Cart, _caller);
        return open;
    }

    private async Task SubscribeAsync(FeedListener feed)
    {
        var subscription = await cluster.Client.GetGrain<IRestaurantGrain>(_caller.Restaurant.Value).SubscribeAsync(cluster.Client.CreateObjectReference<IOrderFeedObserver>(feed));
        subscription.Refusal.ShouldBeNull();
    }

    private List<OrderView> Orders(SessionId session) => [.. cluster.Store.Orders.Where(order => order.Session == session)];

    private OrderView AssertOneOrder(Outcome<Submission>[] answers, SessionId session)
    {
        var order = Orders(session).ShouldHaveSingleItem();
        answers.ShouldAllBe(answer => answer.IsOk && answer.Value.Order.Id == order.Id);
        answers.Count(answer => !answer.Value!.Replayed).ShouldBeLessThanOrEqualTo(1);
        return order;
    }
}
