using VoiceOrdering.Load.Orders;
using VoiceOrdering.Load.Orders.Invariants;

namespace VoiceOrdering.Simulation.Tests.Orders;

/// <summary>The short form of <c>./vo load orders</c>: real processes, killed; real points of sale, dead and stalling.</summary>
public sealed class OrderSimulationTests
{
    [Fact]
    public async Task Whatever_dies_every_order_arrives_once_where_it_belongs_at_its_price()
    {
        var seed = Environment.TickCount & 0xFFFFFF;
        var load = new OrderLoad(seed, 300, 20, TimeSpan.FromSeconds(12)) { Kills = 3, Outages = 15 };
        await using var simulation = new OrderSimulation(OrderPlan.From(load), TextWriter.Null);

        var record = await simulation.RunAsync(CancellationToken.None);

        OrderInvariants.All.SelectMany(invariant => invariant.Violations(record).Select(violation => $"{invariant.Name}: {violation}")).ShouldBeEmpty($"./vo load orders --seed {seed}");
        record.Kills.ShouldBe(3);
        record.Stored.Count.ShouldBe(300);
        record.Vouchers.ShouldContain(voucher => voucher.Status == "redeemed");
        record.Receipts.Count.ShouldBeGreaterThan(300, "some submissions were sent more than once");
        record.Seen.Sum(deliveries => deliveries.Count).ShouldBeGreaterThan(record.Seen.SelectMany(deliveries => deliveries).DistinctBy(delivery => delivery.DeliveryId).Count(), "some deliveries were sent more than once");
    }

    [Fact]
    public void A_seed_makes_one_plan()
    {
        var load = new OrderLoad(7, 200, 20, TimeSpan.FromSeconds(60)) { Kills = 4, Outages = 9 };
        Text(OrderPlan.From(load)).ShouldBe(Text(OrderPlan.From(load)));
        Text(OrderPlan.From(load with { Seed = 8 })).ShouldNotBe(Text(OrderPlan.From(load)));

        static string Text(OrderPlan plan) => string.Join('\n', plan.Orders.Select(order => $"{order.Number} {order.Restaurant} {order.At} {order.Submits} {order.Then} {order.Voucher} {string.Join(' ', order.Lines.Select(line => $"{line.Item}x{line.Quantity}+{string.Join('+', line.Options)}"))}"))
            + string.Join(' ', plan.Kills) + string.Join(' ', plan.Outages);
    }
}
