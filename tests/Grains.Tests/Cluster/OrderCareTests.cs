using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>What happens to orders after they are placed: recall of a bumped ticket, and keys that are forgotten.</summary>
public sealed class OrderCareTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    [Fact]
    public async Task A_ticket_bumped_by_mistake_is_recalled_but_not_for_ever()
    {
        var order = await ReadyAsync();
        (await order.ChangeStatusAsync(_caller, OrderStatus.Completed)).Refusal.ShouldBeNull();
        cluster.Clock.Shift(TimeSpan.FromMinutes(14));
        (await order.ChangeStatusAsync(_caller, OrderStatus.Ready)).Value!.Status.ShouldBe(OrderStatus.Ready);
        (await order.ChangeStatusAsync(_caller, OrderStatus.Preparing)).Value!.Status.ShouldBe(OrderStatus.Preparing);
        (await order.ChangeStatusAsync(_caller, OrderStatus.Accepted)).Refusal!.Code.ShouldBe(RefusalCodes.TransitionInvalid);

        await order.ChangeStatusAsync(_caller, OrderStatus.Ready);
        await order.ChangeStatusAsync(_caller, OrderStatus.Completed);
        cluster.Clock.Shift(TimeSpan.FromMinutes(16));
        var late = (await order.ChangeStatusAsync(_caller, OrderStatus.Ready)).Refusal!;
        (late.Code, late.Sentence).ShouldBe((RefusalCodes.RecallLate, "An order can be recalled for 15 minutes."));
    }

    [Fact]
    public async Task Keys_and_events_are_forgotten_by_a_reminder_that_goes_on_until_nothing_is_left()
    {
        var retention = cluster.Client.GetGrain<ISubmissionRetentionGrain>(ISubmissionRetentionGrain.Key);
        await retention.EnsureAsync();
        cluster.Reminders.DueOf(retention, "purge").ShouldBe(TimeSpan.FromHours(1));

        await retention.AsReference<IRemindable>().ReceiveReminder("purge", new TickStatus());

        cluster.Store.Purges.Count.ShouldBe(2, "the first purge took as many as it may at once");
        (cluster.Clock.GetUtcNow() - cluster.Store.Purges[0]).TotalHours.ShouldBe(48, 0.01);
        cluster.Store.EventPurges.Count.ShouldBe(3);
        (cluster.Clock.GetUtcNow() - cluster.Store.EventPurges[0]).TotalDays.ShouldBe(30, 0.01);
    }

    private async Task<IOrderGrain> ReadyAsync()
    {
        var (_, cart, opened) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);
        var placed = (await cart.SubmitAsync(_caller, new SubmitCart($"key-{opened.Session.Id}", null, "f", "click"))).Value!.Order;
        var order = cluster.Client.GetGrain<IOrderGrain>(placed.Id.Value);
        foreach (var status in new[] { OrderStatus.Accepted, OrderStatus.Preparing, OrderStatus.Ready }) (await order.ChangeStatusAsync(_caller, status)).Refusal.ShouldBeNull();
        return order;
    }
}
