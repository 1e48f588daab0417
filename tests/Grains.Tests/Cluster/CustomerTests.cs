using System.Text.Json;
using VoiceOrdering.Carts;
using VoiceOrdering.Customers;
using VoiceOrdering.Flags;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Restaurants;
using VoiceOrdering.Sessions;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>Customers, and the assistant's tools for them and for their vouchers.</summary>
public sealed class CustomerTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private static int s_phones;
    private static int s_calls;
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    private ICustomersGrain Customers => cluster.Client.GetGrain<ICustomersGrain>(OrderingCluster.Harbor.Value);
    private IVouchersGrain Vouchers => cluster.Client.GetGrain<IVouchersGrain>(OrderingCluster.Harbor.Value);

    [Fact]
    public async Task A_customer_is_known_again_by_number_with_last_orders_and_the_usual()
    {
        var phone = Phone();
        var customer = (await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0) { Name = "Ada", Allergens = ["Gluten"] })).Value!;
        foreach (var item in new[] { "cola", "lemonade", "cola" }) await OrderAsync(phone, item);
        var card = (await Customers.LookUpAsync(_caller, phone)).Value!;
        (card.Customer.Id, card.Customer.Name).ShouldBe((customer.Id, "Ada"));
        card.Customer.Allergens.ShouldBe(["gluten"]);
        card.Habits.LastOrders.Select(order => order.Lines[0].ItemId).ShouldBe(["cola", "lemonade", "cola"]);
        card.Habits.Usual.ShouldHaveSingleItem().ItemId.ShouldBe("cola");
    }

    [Fact]
    public async Task Allergens_are_kept_as_the_menu_names_them()
    {
        var phone = Phone();
        var stored = (await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0) { Allergens = [" Milk ", "milk", "EGG\u00a0"] })).Value!;
        stored.Allergens.ShouldBe(["egg", "milk"], "what only looks like an allergen of the menu would warn of nothing");
        (await Customers.StoreAsync(_caller, new StoreCustomer(phone, null) { Allergens = ["  "] })).Refusal!.Code.ShouldBe(RefusalCodes.CustomerInvalid);
    }

    [Fact]
    public async Task An_empty_cart_of_a_customer_has_a_currency()
    {
        var phone = Phone();
        await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0));
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        var bound = (await cart.IdentifyAsync(_caller, new CartChange(null, null), new IdentifyCustomer(phone, UnknownCustomer.Refuse))).Value!;
        (bound.Total.Currency, bound.Subtotal.Currency).ShouldBe(("USD", "USD"));
    }

    [Fact]
    public async Task An_unknown_number_is_stored_only_in_the_new_id_flow()
    {
        var (off, on) = (Phone(), Phone());
        using var feature = Feature(FlagNames.FeatureAgentCustomerLookUp);
        var (session, _, _) = await TalkAsync();
        var unknown = await RunAsync(session, "look_up_customer", $$"""{"phone":"{{off}}"}""");
        unknown.GetProperty("code").GetString().ShouldBe(RefusalCodes.CustomerUnknown);
        (await Customers.LookUpAsync(_caller, off)).Refusal!.Code.ShouldBe(RefusalCodes.CustomerUnknown);

        using var flow = Feature(FlagNames.NewCustomerIdFlow);
        (session, var cart, _) = await TalkAsync();
        (await RunAsync(session, "look_up_customer", $$"""{"phone":"{{on}}"}""")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        var stored = (await Customers.LookUpAsync(_caller, on)).Value!.Customer;
        stored.Id.ShouldStartWith("cus_");
        stored.Id.ShouldNotContain(on[1..]);
        (await cart.ViewAsync(_caller)).Value!.CustomerId.ShouldBe(stored.Id);
    }

    [Fact]
    public async Task The_usual_is_ordered_by_one_tool_call_at_todays_price_and_once()
    {
        var phone = await RegularAsync("cola");
        using var feature = Feature(FlagNames.FeatureAgentCustomerLookUp);
        var (session, cart, _) = await TalkAsync();
        var found = await RunAsync(session, "look_up_customer", $$"""{"phone":"{{phone}}"}""");
        found.GetProperty("say").GetString().ShouldBe("Welcome back. Would you like the usual, 1 Cola?");
        found.GetRawText().ShouldNotContain("Ada", Case.Sensitive, "a spoken number proves nothing");
        found.GetRawText().ShouldNotContain(phone[1..]);
        var call = new ToolCall("the-usual", "order_usual", """{"which":"usual"}""");
        await session.ExecuteToolAsync("bridge", call);
        await session.ExecuteToolAsync("bridge", call);
        (await cart.ViewAsync(_caller)).Value!.Lines.ShouldHaveSingleItem().LinePrice.AmountMinor.ShouldBe(219);
    }

    [Fact]
    public async Task Allergens_of_the_profile_are_read_back_unasked()
    {
        var phone = Phone();
        await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0) { Allergens = ["egg"] });
        using var feature = Feature(FlagNames.FeatureAgentCustomerLookUp);
        var (session, _, _) = await TalkAsync();
        await RunAsync(session, "look_up_customer", $$"""{"phone":"{{phone}}"}""");
        (await RunAsync(session, "add_item", """{"item":"classic-burger","quantity":1,"heard":"a classic burger"}""")).GetProperty("say").GetString()
            .ShouldBe("Added 1 Single Classic Burger. Please note: Classic Burger contains egg. Is that all right?");
        (await RunAsync(session, "add_item", """{"item":"cola","quantity":1,"heard":"a cola"}""")).GetProperty("say").GetString().ShouldBe("Added 1 Cola.");
    }

    [Fact]
    public async Task A_feature_that_is_switched_off_ends_in_a_running_session()
    {
        var feature = Feature(FlagNames.FeatureAgentVouchers);
        var (session, _, brief) = await TalkAsync();
        brief.Tools.Select(tool => tool.Name).ShouldContain("apply_voucher");
        brief.Tools.Select(tool => tool.Name).ShouldNotContain("look_up_customer");
        (await RunAsync(session, "apply_voucher", """{"code":"1"}""")).GetProperty("code").GetString().ShouldBe(RefusalCodes.VoucherCodeInvalid);
        feature.Dispose();
        (await RunAsync(session, "apply_voucher", """{"code":"1"}""")).GetProperty("code").GetString().ShouldBe(RefusalCodes.FeatureOff);
        (await RunAsync(session, "look_up_customer", """{"phone":"1"}""")).GetProperty("code").GetString().ShouldBe(RefusalCodes.FeatureOff);
    }

    [Fact]
    public async Task A_voucher_of_one_customer_is_nobody_elses()
    {
        var (ada, bob) = (await RegularAsync("cola"), await RegularAsync("cola"));
        var id = (await Customers.LookUpAsync(_caller, ada)).Value!.Customer.Id;
        var code = (await Vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 50, 0) { CustomerId = id })).Value!.Terms.Code;
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);
        (await cart.ApplyVoucherAsync(_caller, Change, code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherUnknown);
        await cart.IdentifyAsync(_caller, Change, new IdentifyCustomer(bob, UnknownCustomer.Refuse));
        (await cart.ApplyVoucherAsync(_caller, Change, code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherUnknown);
        await cart.IdentifyAsync(_caller, Change, new IdentifyCustomer(ada, UnknownCustomer.Refuse));
        (await cart.ApplyVoucherAsync(_caller, Change, code)).Value!.Discount.AmountMinor.ShouldBe(50);
        (await cart.IdentifyAsync(_caller, Change, new IdentifyCustomer(bob, UnknownCustomer.Refuse))).Value!.Voucher.ShouldBeNull("it went with its owner");
    }

    [Fact]
    public async Task Goodwill_is_given_once_a_month_at_the_restaurants_amount()
    {
        var restaurant = cluster.Client.GetGrain<IRestaurantGrain>(OrderingCluster.Harbor.Value);
        var phone = await RegularAsync("cola");
        using var vouchers = Feature(FlagNames.FeatureAgentVouchers);
        using var lookUp = Feature(FlagNames.FeatureAgentCustomerLookUp);
        var (session, _, _) = await TalkAsync();
        (await RunAsync(session, "create_voucher", "{}")).GetProperty("say").GetString().ShouldBe("For that I need your phone number first.");
        await RunAsync(session, "look_up_customer", $$"""{"phone":"{{phone}}"}""");
        await SetGoodwillAsync(restaurant, 0);
        (await RunAsync(session, "create_voucher", "{}")).GetProperty("code").GetString().ShouldBe(RefusalCodes.VoucherInvalid);
        await SetGoodwillAsync(restaurant, 500);
        var first = (await RunAsync(session, "create_voucher", "{}")).GetProperty("say").GetString()!;
        first.ShouldContain("a voucher of 5.00 dollars");
        (await RunAsync(session, "create_voucher", "{}")).GetProperty("say").GetString().ShouldBe(first, "however often it is asked for");
        var (again, _, _) = await TalkAsync();
        await RunAsync(again, "look_up_customer", $$"""{"phone":"{{phone}}"}""");
        (await RunAsync(again, "create_voucher", "{}")).GetProperty("say").GetString().ShouldBe(first, "another call does not bring another one");
        var mine = (await Vouchers.ListAsync(_caller, new VoucherQuery(null, null, 200, null))).Value!.Vouchers.Single(voucher => voucher.Note.StartsWith("Goodwill", StringComparison.Ordinal));
        mine.CustomerId.ShouldBe((await Customers.LookUpAsync(_caller, phone)).Value!.Customer.Id);

        var everybodys = (await Vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 50, 0))).Value!.Terms.Code;
        (await RunAsync(session, "void_voucher", $$"""{"code":"{{everybodys}}"}""")).GetProperty("code").GetString().ShouldBe(RefusalCodes.VoucherUnknown);
        (await RunAsync(session, "void_voucher", $$"""{"code":"{{mine.Terms.Code}}"}""")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await Vouchers.ViewAsync(_caller, mine.Terms.Code)).Value!.Status.ShouldBe(VoucherStatus.Voided);
        (await RunAsync(again, "create_voucher", "{}")).GetProperty("code").GetString().ShouldBe(RefusalCodes.VoucherInvalid);
        cluster.Clock.Shift(TimeSpan.FromDays(31));
        var customer = mine.CustomerId!;
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Vouchers.IssueGoodwillAsync(_caller, customer))));
        atOnce.Select(answer => answer.Value?.Terms.Code).Distinct().ShouldHaveSingleItem().ShouldNotBeNull("of many calls at once each is told the same voucher");
        (await RunAsync(again, "create_voucher", "{}")).GetProperty("say").GetString().ShouldNotBe(first);
        (await Vouchers.ViewAsync(_caller, everybodys)).Value!.Status.ShouldBe(VoucherStatus.Issued);
    }

    [Fact]
    public async Task A_spoken_voucher_lowers_the_order_and_its_state_is_told()
    {
        using var vouchers = Feature(FlagNames.FeatureAgentVouchers);
        var code = (await Vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 100, 0))).Value!.Terms.Code;
        var (session, cart, _) = await TalkAsync();
        await RunAsync(session, "add_item", """{"item":"cola","quantity":1,"heard":"a cola"}""");
        var applied = await RunAsync(session, "apply_voucher", $$"""{"code":"{{string.Join(' ', code.ToCharArray())}}"}""");
        applied.GetProperty("say").GetString().ShouldBe("The voucher takes 1.00 dollars off. You have 1 Cola. That is 1.31 dollars with tax after 1.00 dollars off.");
        applied.GetProperty("cart").GetProperty("discount_minor").GetInt64().ShouldBe(100);
        (await RunAsync(session, "order_status", "{}")).GetProperty("code").GetString().ShouldBe(RefusalCodes.OrderUnknown);
        var version = (await cart.ViewAsync(_caller)).Value!.Version;
        await RunAsync(session, "submit_order", $$"""{"cart_version":{{version}}}""");
        var status = await RunAsync(session, "order_status", "{}");
        status.GetProperty("order").GetProperty("status").GetString().ShouldBe("placed");
        (await Vouchers.ViewAsync(_caller, code)).Value!.Status.ShouldBe(VoucherStatus.Redeemed);
    }

    [Fact]
    public async Task Numbers_cannot_be_tried_without_end()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        for (var i = 0; i < 5; i++) (await cart.IdentifyAsync(_caller, Change, new IdentifyCustomer(Phone(), UnknownCustomer.Refuse))).Refusal!.Code.ShouldBe(RefusalCodes.CustomerUnknown);
        (await cart.IdentifyAsync(_caller, Change, new IdentifyCustomer(Phone(), UnknownCustomer.Create))).Refusal!.Code.ShouldBe(RefusalCodes.LookUpsExhausted);
    }

    [Fact]
    public async Task A_customer_is_changed_only_from_the_version_that_was_seen_and_can_be_forgotten()
    {
        var phone = Phone();
        var first = (await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0) { Name = "Ada" })).Value!;
        (await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0) { Name = "Eve" })).Refusal!.Code.ShouldBe(RefusalCodes.CustomerVersionConflict);
        var second = (await Customers.StoreAsync(_caller, new StoreCustomer(phone, first.Version) { Name = "Ada L." })).Value!;
        (second.Id, second.Version).ShouldBe((first.Id, first.Version + 1));
        (await Customers.ForgetAsync(_caller, first.Id)).IsOk.ShouldBeTrue();
        (await Customers.ForgetAsync(_caller, first.Id)).Refusal!.Code.ShouldBe(RefusalCodes.CustomerUnknown);
        (await Customers.LookUpAsync(_caller, phone)).Refusal!.Code.ShouldBe(RefusalCodes.CustomerUnknown);
    }

    [Fact]
    public async Task Reading_and_writing_customers_need_their_scopes()
    {
        var stranger = _caller with { Scopes = [Scopes.OrdersCreate] };
        (await Customers.LookUpAsync(stranger, Phone())).Refusal!.Code.ShouldBe(RefusalCodes.ScopeMissing);
        (await Customers.StoreAsync(_caller with { Scopes = [Scopes.CustomersRead] }, new StoreCustomer(Phone(), null))).Refusal!.Code.ShouldBe(RefusalCodes.ScopeMissing);
    }

    private static CartChange Change => new(null, null);

    private static string Phone() => $"+1415555{Interlocked.Increment(ref s_phones):0000}";

    private Switch Feature(string name) => new(cluster.Flags, name);

    private async Task<string> RegularAsync(string item)
    {
        var phone = Phone();
        await Customers.StoreAsync(_caller, new StoreCustomer(phone, 0) { Name = "Ada" });
        await OrderAsync(phone, item);
        await OrderAsync(phone, item);
        return phone;
    }

    private async Task OrderAsync(string phone, string item)
    {
        var (_, cart, opened) = await cluster.OpenAsync(_caller);
        (await cart.IdentifyAsync(_caller, Change, new IdentifyCustomer(phone, UnknownCustomer.Refuse))).IsOk.ShouldBeTrue();
        (await cart.AddLineAsync(_caller, Change, new LineRequest { ItemId = item })).IsOk.ShouldBeTrue();
        (await cart.SubmitAsync(_caller, new SubmitCart(opened.Session.Id.Value, null, "print", "click"))).Value!.Order.CustomerId.ShouldNotBeNull();
        cluster.Clock.Shift(TimeSpan.FromSeconds(1));
    }

    private async Task<(ISessionGrain Session, ICartGrain Cart, ModelBrief Brief)> TalkAsync()
    {
        var (session, cart, _) = await cluster.OpenAsync(_caller);
        return (session, cart, (await session.AttachAsync(_caller, new AttachBridge("bridge", "webrtc"))).Value!);
    }

    private static async Task<JsonElement> RunAsync(ISessionGrain session, string tool, string arguments)
    {
        var answer = await session.ExecuteToolAsync("bridge", new ToolCall($"call-{Interlocked.Increment(ref s_calls)}", tool, arguments));
        return JsonDocument.Parse(answer.OutputJson).RootElement;
    }

    private static async Task SetGoodwillAsync(IRestaurantGrain restaurant, long minor)
    {
        var settings = (await restaurant.FindSettingsAsync()).Value!;
        (await restaurant.PutSettingsAsync(settings.Settings with { GoodwillVoucherMinor = minor }, settings.Version, "owner")).Faults.ShouldBeEmpty();
    }

    /// <summary>On while it lasts.</summary>
    private sealed class Switch : IDisposable
    {
        private readonly SetFlags _flags;
        private readonly string _name;

        public Switch(SetFlags flags, string name)
        {
            (_flags, _name) = (flags, name);
            flags.Set(name, true);
        }

        public void Dispose() => _flags.Set(_name, false);
    }
}
