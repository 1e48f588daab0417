using Dapper;
using VoiceOrdering.Customers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Customers;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Vouchers;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>Vouchers and customers, and what orders do with them, on every database.</summary>
public abstract class VoucherStoreConformance(TestDatabase file) : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly RestaurantId s_burger = new("demo-burger");
    private static readonly RestaurantId s_pizza = new("demo-pizza");

    private VoucherStore Vouchers => new(file.Database);

    private CustomerStore Customers => new(file.Database);

    private OrderStore Orders => new(file.Database, new OutboxSignal());

    public void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task A_voucher_is_found_as_it_was_issued_after_a_restart_and_only_at_its_restaurant()
    {
        var voucher = Voucher("100") with { CustomerId = "cus_1", ExpiresAt = s_noon.AddDays(1), Note = "Entschuldigung, „spät“" };
        (await Vouchers.AddAsync(voucher, null, default).InTimeAsync()).ShouldBe(voucher);
        file.Close();
        (await Vouchers.FindAsync(s_burger, "100", default).InTimeAsync()).ShouldBe(voucher);
        (await Vouchers.FindAsync(s_pizza, "100", default).InTimeAsync()).ShouldBeNull();
        (await Vouchers.AddAsync(Voucher("100"), null, default).InTimeAsync()).ShouldBeNull("the code is taken");
        (await Vouchers.AddAsync(Voucher("100", s_pizza), null, default).InTimeAsync()).ShouldNotBeNull("not at the other restaurant");
    }

    [DatabaseFact]
    public async Task Of_many_with_one_key_at_once_one_is_issued()
    {
        var issued = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Vouchers.AddAsync(Voucher($"{i}"), "key", default))).InTimeAsync();
        issued.Select(voucher => voucher!.Terms.Code).Distinct().Count().ShouldBe(1);
        (await AuditAsync()).ShouldBe([("issuer", "voucher.issued", $"…{(issued[0]!.Terms.Code.Length > 4 ? issued[0]!.Terms.Code[^4..] : "")}")]);
        (await Vouchers.FindByKeyAsync(s_burger, "key", default).InTimeAsync()).ShouldBe(issued[0]);
    }

    [DatabaseFact]
    public async Task Of_many_orders_at_once_one_redeems_the_voucher_and_the_others_leave_nothing()
    {
        await Vouchers.AddAsync(Voucher("123456789012"), null, default).InTimeAsync();
        await Customers.AddAsync(Customer("cus_1"), "staff", default).InTimeAsync();
        using var other = file.Open();
        OrderStore[] stores = [Orders, new OrderStore(other, new OutboxSignal())];
        var results = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => stores[i % 2].PlaceAsync(Placement(i, "123456789012"), default))).InTimeAsync();
        var placed = results.Single(result => result.Kind == PlaceResultKind.Placed).Order;
        results.Count(result => result.Kind == PlaceResultKind.VoucherRefused).ShouldBe(19);
        placed.Number.ShouldBe("001", "a refused order draws no number");
        (placed.Discount.AmountMinor, placed.Voucher, placed.CustomerId).ShouldBe((100, "9012", "cus_1"));
        var redeemed = (await Vouchers.FindAsync(s_burger, "123456789012", default).InTimeAsync())!;
        (redeemed.Status, redeemed.Order).ShouldBe((VoucherStatus.Redeemed, placed.Id));
        (await Orders.ListAsync(new OrderQuery(s_burger, [], null, 200, null), default).InTimeAsync()).Orders.ShouldHaveSingleItem().Id.ShouldBe(placed.Id);
        (await Orders.FindSubmissionAsync(s_burger, results.First(result => result.Kind == PlaceResultKind.VoucherRefused).Order.Id.Value.Replace("ord_", "key-", StringComparison.Ordinal), default).InTimeAsync()).ShouldBeNull();
        (await AuditAsync()).ShouldBe([("issuer", "voucher.issued", "…9012"), ("staff", "customer.created", "cus_1"), ("user", "voucher.redeemed", "…9012"), ("user", "order.placed", placed.Id.Value)]);
    }

    [DatabaseFact]
    public async Task A_replayed_placement_redeems_nothing_again()
    {
        await Vouchers.AddAsync(Voucher("123456789012"), null, default).InTimeAsync();
        (await Orders.PlaceAsync(Placement(1, "123456789012"), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Placed);
        file.Close();
        var again = await Orders.PlaceAsync(Placement(1, "123456789012"), default).InTimeAsync();
        (again.Kind, again.Order.Discount.AmountMinor).ShouldBe((PlaceResultKind.Replayed, 100));
    }

    [DatabaseFact]
    public async Task What_is_over_or_somebody_elses_cannot_be_redeemed()
    {
        await Customers.AddAsync(Customer("cus_1"), "staff", default).InTimeAsync();
        await Vouchers.AddAsync(Voucher("1") with { ExpiresAt = s_noon }, null, default).InTimeAsync();
        await Vouchers.AddAsync(Voucher("2") with { CustomerId = "cus_2" }, null, default).InTimeAsync();
        await Vouchers.AddAsync(Voucher("3"), null, default).InTimeAsync();
        await Vouchers.AddAsync(Voucher("4", s_pizza), null, default).InTimeAsync();
        (await Vouchers.VoidAsync(s_burger, "3", "owner", s_noon, default).InTimeAsync())!.Status.ShouldBe(VoucherStatus.Voided);
        (await Vouchers.VoidAsync(s_burger, "3", "owner", s_noon, default).InTimeAsync()).ShouldBeNull("it is not issued any more");
        for (var code = 1; code <= 5; code++)
        {
            (await Orders.PlaceAsync(Placement(code, $"{code}"), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.VoucherRefused, $"voucher {code}");
        }
        await Vouchers.AddAsync(Voucher("6") with { ExpiresAt = s_noon.AddMilliseconds(1), CustomerId = "cus_1" }, null, default).InTimeAsync();
        (await Orders.PlaceAsync(Placement(6, "6"), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Placed);
    }

    [DatabaseFact]
    public async Task A_cancelled_order_gives_its_voucher_back_in_the_same_moment()
    {
        await Vouchers.AddAsync(Voucher("123456789012"), null, default).InTimeAsync();
        var order = (await Orders.PlaceAsync(Placement(1, "123456789012"), default).InTimeAsync()).Order;
        await Orders.ChangeStatusAsync(new StatusChange(s_burger, order.Id, OrderStatus.Accepted, 1, "staff", s_noon), default).InTimeAsync();
        (await Vouchers.FindAsync(s_burger, "123456789012", default).InTimeAsync())!.Status.ShouldBe(VoucherStatus.Redeemed);
        await Orders.ChangeStatusAsync(new StatusChange(s_burger, order.Id, OrderStatus.Cancelled, 2, "staff", s_noon.AddMinutes(1)), default).InTimeAsync();
        var back = (await Vouchers.FindAsync(s_burger, "123456789012", default).InTimeAsync())!;
        (back.Status, back.Order, back.ChangedAt).ShouldBe((VoucherStatus.Issued, null, s_noon.AddMinutes(1)));
        (await AuditAsync())[^2].ShouldBe(("staff", "voucher.returned", "…9012"));
        (await Orders.PlaceAsync(Placement(2, "123456789012"), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Placed);
    }

    [DatabaseFact]
    public async Task Vouchers_are_listed_newest_first_page_by_page()
    {
        for (var i = 0; i < 7; i++)
        {
            await Vouchers.AddAsync(Voucher($"{i}") with { IssuedAt = s_noon.AddMinutes(i / 2), CustomerId = i == 3 ? "cus_1" : null }, null, default).InTimeAsync();
        }
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Vouchers.ListAsync(s_burger, new VoucherQuery(null, null, 3, cursor), default).InTimeAsync();
            seen.AddRange(page.Vouchers.Select(voucher => voucher.Terms.Code));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
        await Vouchers.VoidAsync(s_burger, "2", "owner", s_noon, default).InTimeAsync();
        (await Vouchers.ListAsync(s_burger, new VoucherQuery(VoucherStatus.Voided, null, 10, null), default).InTimeAsync()).Vouchers.ShouldHaveSingleItem().Terms.Code.ShouldBe("2");
        (await Vouchers.ListAsync(s_burger, new VoucherQuery(null, "cus_1", 10, null), default).InTimeAsync()).Vouchers.ShouldHaveSingleItem().Terms.Code.ShouldBe("3");
        (await Vouchers.ListAsync(s_pizza, new VoucherQuery(null, null, 10, null), default).InTimeAsync()).Vouchers.ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(async () => await Vouchers.ListAsync(s_burger, new VoucherQuery(null, null, 10, "no cursor"), default));
    }

    [DatabaseFact]
    public async Task Of_many_who_add_a_number_at_once_all_get_the_same_customer()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Customers.AddAsync(Customer($"cus_{i}"), "staff", default))).InTimeAsync();
        added.Select(customer => customer.Id).Distinct().Count().ShouldBe(1);
        (await Customers.FindByPhoneAsync(s_burger, "+14155550100", default).InTimeAsync())!.Id.ShouldBe(added[0].Id);
        (await Customers.FindByPhoneAsync(s_pizza, "+14155550100", default).InTimeAsync()).ShouldBeNull();
        (await Customers.FindAsync(s_pizza, added[0].Id, default).InTimeAsync()).ShouldBeNull();
        (await AuditAsync()).ShouldBe([("staff", "customer.created", added[0].Id)]);
    }

    [DatabaseFact]
    public async Task A_change_counts_only_from_the_version_it_was_made_from()
    {
        var customer = await Customers.AddAsync(Customer("cus_1"), "staff", default).InTimeAsync();
        var changed = (await Customers.ChangeAsync(customer with { Name = "Ada", Allergens = ["egg", "milk"], ChangedAt = s_noon.AddDays(1) }, "staff", default).InTimeAsync())!;
        (changed.Name, changed.Version, changed.ChangedAt, changed.CreatedAt).ShouldBe(("Ada", 2, s_noon.AddDays(1), s_noon));
        changed.Allergens.ShouldBe(["egg", "milk"]);
        (await Customers.ChangeAsync(customer with { Name = "Eve" }, "staff", default).InTimeAsync()).ShouldBeNull();
        (await Customers.ChangeAsync(changed with { Restaurant = s_pizza }, "staff", default).InTimeAsync()).ShouldBeNull();
    }

    [DatabaseFact]
    public async Task A_forgotten_customer_is_nowhere_and_the_orders_stay()
    {
        await Customers.AddAsync(Customer("cus_1") with { Name = "Ada" }, "staff", default).InTimeAsync();
        await Vouchers.AddAsync(Voucher("1") with { CustomerId = "cus_1" }, null, default).InTimeAsync();
        await Orders.PlaceAsync(Placement(1, null), default).InTimeAsync();
        (await Customers.ListOrdersAsync(s_burger, "cus_1", 10, default).InTimeAsync()).ShouldHaveSingleItem();
        (await Customers.ForgetAsync(new CustomerRemoval(s_pizza, "cus_1", "owner", s_noon), default).InTimeAsync()).ShouldBeFalse();
        (await Customers.ForgetAsync(new CustomerRemoval(s_burger, "cus_1", "owner", s_noon), default).InTimeAsync()).ShouldBeTrue();
        (await Customers.ForgetAsync(new CustomerRemoval(s_burger, "cus_1", "owner", s_noon), default).InTimeAsync()).ShouldBeFalse();
        (await Customers.FindAsync(s_burger, "cus_1", default).InTimeAsync()).ShouldBeNull();
        (await Customers.ListOrdersAsync(s_burger, "cus_1", 10, default).InTimeAsync()).ShouldBeEmpty();
        (await Orders.FindAsync(s_burger, new OrderId("ord_1"), default).InTimeAsync())!.CustomerId.ShouldBeNull();
        (await Vouchers.FindAsync(s_burger, "1", default).InTimeAsync())!.Status.ShouldBe(VoucherStatus.Voided);
    }

    [DatabaseFact]
    public async Task An_order_of_a_cart_that_was_bound_before_does_not_bring_a_forgotten_customer_back()
    {
        await Customers.AddAsync(Customer("cus_1"), "staff", default).InTimeAsync();
        await Vouchers.AddAsync(Voucher("123456789012") with { CustomerId = "cus_1" }, null, default).InTimeAsync();
        var redeeming = (await Orders.PlaceAsync(Placement(1, "123456789012"), default).InTimeAsync()).Order;
        redeeming.CustomerId.ShouldBe("cus_1");
        (await Customers.ForgetAsync(new CustomerRemoval(s_burger, "cus_1", "owner", s_noon), default).InTimeAsync()).ShouldBeTrue();
        await Orders.ChangeStatusAsync(new StatusChange(s_burger, redeeming.Id, OrderStatus.Cancelled, 1, "staff", s_noon), default).InTimeAsync();

        var placed = await Orders.PlaceAsync(Placement(2, null), default).InTimeAsync();
        (placed.Kind, placed.Order.CustomerId).ShouldBe((PlaceResultKind.Placed, null));
        (await Orders.FindAsync(s_burger, placed.Order.Id, default).InTimeAsync())!.CustomerId.ShouldBeNull();
        (await Orders.PlaceAsync(Placement(3, "123456789012"), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.VoucherRefused, "what came back is nobody's any more");
        var told = await file.Database.ReadAsync<IReadOnlyList<string>>(
            session => session.Connection.Query<string>("SELECT payload FROM outbox WHERE order_id = @Order", new { Order = placed.Order.Id.Value }).AsList(), default).InTimeAsync();
        told.ShouldHaveSingleItem().ShouldNotContain("cus_1");
    }

    [DatabaseFact]
    public async Task Orders_and_forgetting_at_once_leave_no_order_of_the_customer()
    {
        await Customers.AddAsync(Customer("cus_1"), "staff", default).InTimeAsync();
        using var other = file.Open();
        var elsewhere = new OrderStore(other, new OutboxSignal());
        var orders = Enumerable.Range(1, 20).Select(i => (i % 2 == 0 ? Orders : elsewhere).PlaceAsync(Placement(i, null), default)).ToList();
        (await Customers.ForgetAsync(new CustomerRemoval(s_burger, "cus_1", "owner", s_noon), default).InTimeAsync()).ShouldBeTrue();
        (await Task.WhenAll(orders).InTimeAsync()).ShouldAllBe(result => result.Kind == PlaceResultKind.Placed);
        (await Customers.ListOrdersAsync(s_burger, "cus_1", 50, default).InTimeAsync()).ShouldBeEmpty();
    }

    [DatabaseFact]
    public async Task A_cursor_names_no_voucher_and_loses_none_of_one_instant()
    {
        var codes = Enumerable.Range(0, 7).Select(i => $"11112222333{i}").ToArray();
        foreach (var code in codes) await Vouchers.AddAsync(Voucher(code), null, default).InTimeAsync();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Vouchers.ListAsync(s_burger, new VoucherQuery(null, null, 2, cursor), default).InTimeAsync();
            seen.AddRange(page.Vouchers.Select(voucher => voucher.Terms.Code));
            cursor = page.NextCursor;
            if (cursor is not null) System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)).ShouldNotContain("2222", Case.Sensitive, "queries are written to logs");
        }
        while (cursor is not null);
        seen.ShouldBe(codes.Reverse());
    }

    [DatabaseFact]
    public async Task Last_orders_are_newest_first_and_without_cancelled_ones()
    {
        await Customers.AddAsync(Customer("cus_1"), "staff", default).InTimeAsync();
        for (var i = 1; i <= 4; i++)
        {
            await Orders.PlaceAsync(Placement(i, null), default).InTimeAsync();
        }
        await Orders.ChangeStatusAsync(new StatusChange(s_burger, new OrderId("ord_3"), OrderStatus.Cancelled, 1, "staff", s_noon), default).InTimeAsync();
        (await Customers.ListOrdersAsync(s_burger, "cus_1", 2, default).InTimeAsync()).Select(order => order.Id.Value).ShouldBe(["ord_4", "ord_2"]);
        (await Customers.ListOrdersAsync(s_pizza, "cus_1", 2, default).InTimeAsync()).ShouldBeEmpty();
    }

    private static VoucherView Voucher(string code, RestaurantId? restaurant = null) => new()
    {
        Terms = new VoucherTerms(code, VoucherKind.Amount, 100, 500, "USD"),
        Restaurant = restaurant ?? s_burger,
        IssuedAt = s_noon,
        IssuedBy = "issuer",
        ChangedAt = s_noon,
    };

    private static CustomerView Customer(string id) => new() { Id = id, Restaurant = s_burger, Phone = "+14155550100", CreatedAt = s_noon, ChangedAt = s_noon, Version = 1 };

    private static OrderPlacement Placement(int number, string? voucher)
    {
        var placement = OrderStoreConformance.Placement(number, origin: new OrderStoreConformance.Origin(At: s_noon.AddSeconds(voucher is null ? number : 0)));
        var order = placement.Order with { CustomerId = "cus_1", Voucher = voucher is { Length: > 4 } ? voucher[^4..] : voucher, Discount = new Money(voucher is null ? 0 : 100, "USD") };
        return placement with { Order = order, Subject = "user", VoucherCode = voucher };
    }

    private async Task<IReadOnlyList<(string Subject, string Action, string Target)>> AuditAsync() => await file.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        session => session.Connection.Query<(string, string, string)>("SELECT subject, action, target FROM audit ORDER BY audit_id").AsList(), default).InTimeAsync();
}

public sealed class SqliteVoucherStoreTests() : VoucherStoreConformance(new TemporaryFile());

[NeedsPostgres]
public sealed class PostgresVoucherStoreTests() : VoucherStoreConformance(new TemporaryPostgres());
