using System.Text.Json;
using VoiceOrdering.Load.Orders;
using VoiceOrdering.Load.Orders.Invariants;
using VoiceOrdering.TestKit.Receivers;

namespace VoiceOrdering.Simulation.Tests.Orders;

/// <summary>Each invariant notices what it is there for, and nothing else does.</summary>
public sealed class OrderInvariantTests
{
    // Restaurant 0 adds 8.25 % to 2 × (399 + 150): 1098 + 91; restaurant 1 contains its tax in 1 × (399 + 103 + 7).
    private static readonly PlannedOrder s_first = new(1, 0, TimeSpan.Zero, [new PlannedLine(0, ["extra-bacon"], 2)]) { Then = "accepted" };
    private static readonly PlannedOrder s_second = new(2, 1, TimeSpan.Zero, [new PlannedLine(1, [], 1)]);
    // 509 less 1500 + 13, at most all of it.
    private static readonly PlannedOrder s_third = new(3, 1, TimeSpan.Zero, [new PlannedLine(1, [], 1)]) { Voucher = 0 };
    private static readonly SimulationRecord s_good = new(new OrderPlan(new OrderLoad(1, 3, 2, TimeSpan.FromSeconds(1)), [s_first, s_second, s_third], [], []))
    {
        Receipts = [new Receipt(1, "o1", 1_189), new Receipt(1, "o1", 1_189), new Receipt(2, "o2", 509), new Receipt(3, "o3", 0)],
        Stored = [new StoredOrder(0, "o1", "001", "accepted", 1_189), new StoredOrder(1, "o2", "001", "placed", 509), new StoredOrder(1, "o3", "002", "placed", 0) { Voucher = "0012", DiscountMinor = 509 }],
        Vouchers = [new ListedVoucher(0, "000000000011", "issued", null), new ListedVoucher(1, "000000000012", "redeemed", "o3")],
        Seen = [[Delivery("o1", "order.placed", 0, 1_189) with { Status = 503 }, Delivery("o1", "order.placed", 0, 1_189), Delivery("o1", "order.status", 0, 1_189)], [Delivery("o2", "order.placed", 1, 509), Delivery("o3", "order.placed", 1, 0)]],
    };

    public static TheoryData<string, string> Broken { get; } = new()
    {
        { "unacknowledged", "nothing lost" },
        { "not stored", "nothing lost" },
        { "not delivered", "nothing lost" },
        { "never taken", "nothing lost" },
        { "not accepted", "nothing lost" },
        { "dead letter", "nothing lost" },
        { "two orders for one key", "nothing doubled" },
        { "an order nobody knows of", "nothing doubled" },
        { "two delivery ids", "nothing doubled" },
        { "one number twice", "nothing doubled" },
        { "wrong list", "nothing misrouted" },
        { "wrong point of sale", "nothing misrouted" },
        { "wrong signature", "nothing misrouted" },
        { "customer told another price", "nothing mispriced" },
        { "another price stored", "nothing mispriced" },
        { "point of sale told another price", "nothing mispriced" },
        { "change before order", "events in order" },
        { "one voucher for two", "vouchers once" },
        { "a voucher nobody asked for", "vouchers once" },
        { "a voucher redeemed for nothing", "vouchers once" },
        { "a voucher used and still there", "vouchers once" },
        { "a voucher of nobody", "vouchers once" },
        { "too much off", "vouchers once" },
    };

    [Fact]
    public void A_good_run_violates_nothing() => Violated(s_good).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_broken_is_noticed(string what, string invariant) => Violated(Break(what)).ShouldContain(invariant, what);

    private static SimulationRecord Break(string what) => what switch
    {
        "unacknowledged" => s_good with { Receipts = [.. s_good.Receipts.Take(2)], Stored = [s_good.Stored[0]], Seen = [s_good.Seen[0], []] },
        "not stored" => s_good with { Stored = [s_good.Stored[0], s_good.Stored[2]] },
        "not delivered" => s_good with { Seen = [s_good.Seen[0], []] },
        "never taken" => s_good with { Seen = [s_good.Seen[0], [s_good.Seen[1][0] with { Status = 0 }]] },
        "not accepted" => s_good with { Stored = [s_good.Stored[0] with { Status = "placed" }, s_good.Stored[1]] },
        "dead letter" => s_good with { Unsettled = ["o2-v1.dst (dead)"] },
        "two orders for one key" => s_good with { Receipts = [.. s_good.Receipts, new Receipt(1, "o9", 1_189)] },
        "an order nobody knows of" => s_good with { Stored = [.. s_good.Stored, new StoredOrder(1, "o9", "003", "placed", 509)] },
        "two delivery ids" => s_good with { Seen = [s_good.Seen[0], [s_good.Seen[1][0], s_good.Seen[1][0] with { DeliveryId = "other" }]] },
        "one number twice" => s_good with { Stored = [s_good.Stored[0], s_good.Stored[1] with { Restaurant = 0 }] },
        "wrong list" => s_good with { Stored = [s_good.Stored[0], s_good.Stored[1] with { Restaurant = 0, Number = "002" }] },
        "wrong point of sale" => s_good with { Seen = [[.. s_good.Seen[0], s_good.Seen[1][0]], s_good.Seen[1]] },
        "wrong signature" => s_good with { Seen = [s_good.Seen[0], [s_good.Seen[1][0] with { IsSigned = false }]] },
        "customer told another price" => s_good with { Receipts = [.. s_good.Receipts.Take(2), new Receipt(2, "o2", 510)] },
        "another price stored" => s_good with { Stored = [s_good.Stored[0], s_good.Stored[1] with { TotalMinor = 508 }] },
        "point of sale told another price" => s_good with { Seen = [s_good.Seen[0], [Delivery("o2", "order.placed", 1, 510)]] },
        "change before order" => s_good with { Seen = [[s_good.Seen[0][0], s_good.Seen[0][2], s_good.Seen[0][1]], s_good.Seen[1]] },
        "one voucher for two" => s_good with { Stored = [s_good.Stored[0], s_good.Stored[1] with { Voucher = "0012", DiscountMinor = 509 }, s_good.Stored[2]] },
        "a voucher nobody asked for" => s_good with { Stored = [s_good.Stored[0] with { Voucher = "0011", DiscountMinor = 1_098 }, .. s_good.Stored.Skip(1)], Vouchers = [new ListedVoucher(0, "000000000011", "redeemed", "o1"), s_good.Vouchers[1]] },
        "a voucher redeemed for nothing" => s_good with { Vouchers = [new ListedVoucher(0, "000000000011", "redeemed", "o1"), s_good.Vouchers[1]] },
        "a voucher used and still there" => s_good with { Vouchers = [s_good.Vouchers[0], s_good.Vouchers[1] with { Status = "issued", OrderId = null }] },
        "a voucher of nobody" => s_good with { Stored = [.. s_good.Stored.Take(2), s_good.Stored[2] with { Voucher = "9999" }] },
        "too much off" => s_good with { Stored = [.. s_good.Stored.Take(2), s_good.Stored[2] with { DiscountMinor = 510 }] },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static IEnumerable<string> Violated(SimulationRecord record) => OrderInvariants.All.Where(invariant => invariant.Violations(record).Any()).Select(invariant => invariant.Name);

    private static PosDelivery Delivery(string order, string told, int restaurant, long total) =>
        new($"{order}.{told}", told, ChainMenu.Id(restaurant), order, JsonDocument.Parse($$$"""{"total":{"amountMinor":{{{total}}}}}""").RootElement, IsSigned: true) { Status = 204, Attempt = 1 };
}
