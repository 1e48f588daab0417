using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>What a cart believes, shows and tells when answers get lost on the way (docs/decisions/0010).</summary>
public sealed class LostAnswerTests(FaultyCluster cluster) : IClassFixture<FaultyCluster>
{
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    private static CartChange Change => new(null, null);

    [Fact]
    public async Task A_cart_whose_order_was_seen_late_shows_what_the_order_costs()
    {
        var voucher = (await cluster.Client.GetGrain<IVouchersGrain>(OrderingCluster.Harbor.Value).IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 100, 0))).Value!;
        var (_, cart, opened) = await FilledAsync();
        cluster.Store.Hide(opened.Session.Id);
        CutOnce(opened, stored: true);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("a")));
        (await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code)).Refusal.ShouldBeNull();
        cluster.Store.Show(opened.Session.Id);
        (await cart.SubmitAsync(_caller, Submit("b"))).Refusal!.Code.ShouldBe("CART_VERSION_CONFLICT");
        var stored = Orders(opened.Session.Id).ShouldHaveSingleItem();
        var view = (await cart.ViewAsync(_caller)).Value!;
        view.Order.ShouldBe(stored.Id);
        (view.Total, view.Discount).ShouldBe((stored.Total, stored.Discount), "the cart is that order");
    }

    [Fact]
    public async Task A_placed_cart_shows_what_the_order_costs_though_the_answer_of_an_earlier_change_got_lost()
    {
        var voucher = (await cluster.Client.GetGrain<IVouchersGrain>(OrderingCluster.Harbor.Value).IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 100, 0))).Value!;
        var (_, cart, opened) = await FilledAsync();
        cluster.Faults.AfterWrite["cart/" + opened.Session.Id.Value] = 1;
        await Should.ThrowAsync<IOException>(() => cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code));
        var order = (await cart.SubmitAsync(_caller, Submit("lost-" + opened.Session.Id.Value))).Value!.Order;
        (await cart.ViewAsync(_caller)).Value!.Total.ShouldBe(order.Total);
        await cluster.DeactivateAsync(cart);
        var view = (await cart.ViewAsync(_caller)).Value!;
        view.Order.ShouldBe(order.Id);
        (view.Total, view.Discount, view.Voucher).ShouldBe((order.Total, order.Discount, null));
    }

    [Fact]
    public async Task An_order_that_a_second_submission_met_reaches_the_kitchen_though_the_look_after_it_failed()
    {
        var (_, cart, opened) = await FilledAsync();
        var feed = await FeedAsync();
        var id = opened.Session.Id;
        cluster.Store.Hide(id);
        CutOnce(opened, stored: true);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("a2")));
        var fail = 0;
        cluster.Store.AfterPlace += placement =>
        {
            if (placement.Order.Session == id && placement.IdempotencyKey == "b2")
            {
                cluster.Store.Show(id);
                Volatile.Write(ref fail, 1);
            }
        };
        cluster.Store.BeforeLook += session =>
        {
            if (session == id && Interlocked.Exchange(ref fail, 0) == 1) throw new IOException("The store is gone.");
        };
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("b2")));
        await feed.WaitAsync("the order in the kitchen though nobody asks again", orders => orders.Any(order => order.Session == id));
        GC.KeepAlive(feed);
    }

    [Fact]
    public async Task An_order_that_became_visible_after_the_look_reaches_the_kitchen_when_the_session_ends()
    {
        var (session, cart, opened) = await FilledAsync();
        var feed = await FeedAsync();
        var id = opened.Session.Id;
        cluster.Store.Hide(id);
        CutOnce(opened, stored: true);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("a3")));
        await OrderingCluster.AddColaAsync(cart, _caller);
        cluster.Store.Show(id);
        await session.EndAsync(_caller, "hung up");
        var view = await cart.ViewAsync(_caller);
        view.Value?.Order.ShouldBe(Orders(id).Single().Id);
        view.Refusal.ShouldBeNull("a cart that is an order is not forgotten");
        await feed.WaitAsync("the order in the kitchen", orders => orders.Any(order => order.Session == id));
        GC.KeepAlive(feed);
    }

    [Fact]
    public async Task A_cart_that_is_an_order_is_known_as_one_by_the_next_activation_though_its_lines_were_taken_off()
    {
        var (_, cart, opened) = await FilledAsync();
        var id = opened.Session.Id;
        cluster.Store.Hide(id);
        CutOnce(opened, stored: true);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("a4")));
        var line = (await cart.ViewAsync(_caller)).Value!.Lines.Single().LineId;
        (await cart.RemoveLineAsync(_caller, Change, line)).Refusal.ShouldBeNull();
        cluster.Store.Show(id);
        await cluster.DeactivateAsync(cart);
        (await cart.AddLineAsync(_caller, Change, new LineRequest { ItemId = "cola" })).Refusal?.Code.ShouldBe("CART_CLOSED");
        (await cart.ViewAsync(_caller)).Value!.Order.ShouldBe(Orders(id).Single().Id);
    }

    [Fact]
    public async Task A_session_whose_write_failed_is_told_of_the_order_all_the_same()
    {
        var (session, cart, opened) = await FilledAsync();
        await session.AttachAsync(_caller, new AttachBridge("bridge", "webrtc"));
        var listener = new SessionListener();
        await session.SubscribeAsync(_caller, cluster.Client.CreateObjectReference<ISessionObserver>(listener), 0);
        // Up to the end of the reserved sequences: the next event needs a write.
        var last = (await session.ViewAsync(_caller)).Value!.LastSequence;
        while (last < 256)
        {
            await session.PublishAsync("bridge", "probe", "{}");
            last = (await session.ViewAsync(_caller)).Value!.LastSequence;
        }
        cluster.Faults.BeforeWrite["session/" + opened.Session.Id.Value] = 1;
        var order = (await cart.SubmitAsync(_caller, Submit("told-" + opened.Session.Id.Value))).Value!.Order;
        var heard = await listener.WaitAsync("order.placed", events => events.Any(told => told.Name == SessionEventNames.OrderPlaced));
        heard.Last(told => told.Name == SessionEventNames.OrderPlaced).DataJson.ShouldContain(order.Id.Value);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_activation_that_could_not_look_recovers()
    {
        var (_, cart, opened) = await FilledAsync();
        var order = (await cart.SubmitAsync(_caller, Submit("look-" + opened.Session.Id.Value))).Value!.Order;
        await cluster.DeactivateAsync(cart);
        var fail = 3;
        cluster.Store.BeforeLook += session =>
        {
            if (session == opened.Session.Id && Interlocked.Decrement(ref fail) >= 0) throw new IOException("The store is gone.");
        };
        for (var i = 0; i < 3; i++) await Should.ThrowAsync<Exception>(() => cart.ViewAsync(_caller));
        (await cart.ViewAsync(_caller)).Value!.Order.ShouldBe(order.Id);
        (await cart.AddLineAsync(_caller, Change, new LineRequest { ItemId = "cola" })).Refusal!.Code.ShouldBe("CART_CLOSED");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_ends_while_nothing_is_known_loses_no_order(bool stored)
    {
        var (session, cart, opened) = await FilledAsync();
        var feed = await FeedAsync();
        var id = opened.Session.Id;
        var gone = true;
        cluster.Store.BeforeLook += looked =>
        {
            if (looked == id && Volatile.Read(ref gone)) throw new IOException("The store is gone.");
        };
        CutOnce(opened, stored);
        await Should.ThrowAsync<IOException>(() => cart.SubmitAsync(_caller, Submit("end-" + id.Value)));
        await cart.MenuChangedAsync();
        await Should.ThrowAsync<IOException>(() => session.EndAsync(_caller, "hung up"));
        Volatile.Write(ref gone, false);
        if (stored) await feed.WaitAsync("the order in the kitchen", orders => orders.Any(order => order.Session == id));
        (await cart.SubmitAsync(_caller, Submit("end-" + id.Value))).Value!.Replayed.ShouldBe(stored);
        Orders(id).Count.ShouldBe(1);
        GC.KeepAlive(feed);
    }

    [Fact]
    public async Task A_voucher_that_was_refused_can_be_followed_by_the_order_without_it()
    {
        var vouchers = cluster.Client.GetGrain<IVouchersGrain>(OrderingCluster.Harbor.Value);
        var voucher = (await vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 100, 0))).Value!;
        var (_, cart, opened) = await FilledAsync();
        await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code);
        await vouchers.VoidAsync(_caller, voucher.Terms.Code);
        var key = "refused-" + opened.Session.Id.Value;
        (await cart.SubmitAsync(_caller, Submit(key))).Refusal!.Code.ShouldBe(RefusalCodes.VoucherVoided);
        (await cart.SubmitAsync(_caller, Submit(key))).Value!.Order.Total.AmountMinor.ShouldBe(241);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cart_of_the_program_before_is_read(int phase)
    {
        var now = new CartState
        {
            Restaurant = "harbor",
            Owner = "user-1",
            Version = 4,
            NextLine = 3,
            Lines = new[] { new CartLine { LineId = "l1", ItemId = "cola", Name = "Cola", Quantity = 1, Allergens = new[] { "milk" } }, new CartLine { LineId = "l2", ItemId = "cola", Name = "Cola", Quantity = 1 } },
            Applied = new[] { new AppliedChange("k", "f") },
            StartedAt = DateTimeOffset.UnixEpoch,
            Currency = "USD",
            Tax = new TaxRule(true, new Dictionary<string, int> { ["food"] = 10 }),
            Voucher = new VoucherTerms("123456789012", VoucherKind.Amount, 100, 0, "USD"),
            VoucherIsPersonal = true,
            VoucherAttempts = 2,
            CustomerId = "cus_1",
            CustomerAllergens = new[] { "milk" },
            LookUps = 1,
        };
        foreach (var allergens in new IReadOnlyList<string>[] { new[] { "milk" }, Array.Empty<string>(), now.Lines[0].Allergens, now.Lines[1].Allergens })
        {
            foreach (var fromStore in new[] { false, true })
            {
                var state = now with { CustomerAllergens = allergens };
                var order = CartRules.Order(CartRules.View(state, new SessionId("ses")), new OrderId("ord"), "click", DateTimeOffset.UnixEpoch);
                // A replayed one has the lines as JSON gave them.
                var stored = fromStore ? order with { Lines = new List<CartLine> { state.Lines[0] with { Allergens = new List<string> { "milk" } } } } : order;
                var old = OldCartState.Of(state) with { Phase = (OldCartPhase)phase, Placement = new OrderPlacement(order, 4, "key", "print", "user-1"), Order = phase == 2 ? stored : null };
                var read = cluster.Serializer.Deserialize<CartState>(cluster.Serializer.SerializeToArray(old));
                Json.WireJson.Write(read).ShouldBe(Json.WireJson.Write(state));
            }
        }
    }

    [Fact]
    public async Task A_key_that_placed_another_sessions_order_leaves_the_cart_open()
    {
        var (_, first, a) = await FilledAsync();
        var (_, second, b) = await FilledAsync();
        var key = "stolen-" + a.Session.Id.Value;
        await first.SubmitAsync(_caller, Submit(key));
        (await second.SubmitAsync(_caller, Submit(key))).Refusal!.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");
        (await OrderingCluster.AddColaAsync(second, _caller)).Lines.Count.ShouldBe(2);
        await cluster.DeactivateAsync(second);
        (await second.SubmitAsync(_caller, Submit(key + "-own"))).Value!.Replayed.ShouldBeFalse();
        Orders(b.Session.Id).Count.ShouldBe(1);
    }

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

    private static SubmitCart Submit(string key) => new(key, null, "payload", "click");

    private async Task<(ISessionGrain Session, ICartGrain Cart, SessionOpened Opened)> FilledAsync()
    {
        var open = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(open.Cart, _caller);
        return open;
    }

    private async Task<FeedListener> FeedAsync()
    {
        var feed = new FeedListener();
        (await cluster.Client.GetGrain<IRestaurantGrain>(_caller.Restaurant.Value).SubscribeAsync(cluster.Client.CreateObjectReference<IOrderFeedObserver>(feed))).Refusal.ShouldBeNull();
        return feed;
    }

    private List<OrderView> Orders(SessionId session) => [.. cluster.Store.Orders.Where(order => order.Session == session)];
}
