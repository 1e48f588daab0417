using VoiceOrdering.Grains.Carts;
using VoiceOrdering.Grains.Orders;
using VoiceOrdering.Grains.Sessions;
using VoiceOrdering.Orders;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests;

public sealed class TransitionTests
{
    [Fact]
    public void An_order_goes_forward_one_step_at_a_time_is_recalled_from_its_end_or_is_cancelled()
    {
        OrderStatus[] way = [OrderStatus.Placed, OrderStatus.Accepted, OrderStatus.Preparing, OrderStatus.Ready, OrderStatus.Completed];
        foreach (var from in Enum.GetValues<OrderStatus>())
            foreach (var to in Enum.GetValues<OrderStatus>())
            {
                var position = Array.IndexOf(way, from);
                var forward = position >= 0 && position + 1 < way.Length && way[position + 1] == to;
                var cancelled = to == OrderStatus.Cancelled && from is not (OrderStatus.Completed or OrderStatus.Cancelled);
                var recalled = (from, to) is (OrderStatus.Ready, OrderStatus.Preparing) or (OrderStatus.Completed, OrderStatus.Ready);
                OrderTransitions.IsRecall(from, to).ShouldBe(recalled, $"{from} to {to}");
                OrderTransitions.Allows(from, to).ShouldBe(forward || cancelled || recalled, $"{from} to {to}");
            }
    }

    [Fact]
    public void A_cart_that_is_an_order_stays_one_and_an_unsettled_one_is_settled_first()
    {
        CartTransitions.Next(CartPhase.Open, CartEvent.SubmissionBegins).ShouldBe(CartPhase.Unsettled);
        CartTransitions.Next(CartPhase.Unsettled, CartEvent.SubmissionBegins).ShouldBeNull("what the store holds is found out first");
        CartTransitions.Next(CartPhase.Unsettled, CartEvent.OrderStored).ShouldBe(CartPhase.Placed);
        CartTransitions.Next(CartPhase.Unsettled, CartEvent.NothingStored).ShouldBe(CartPhase.Open);
        CartTransitions.Next(CartPhase.Open, CartEvent.OrderStored).ShouldBe(CartPhase.Placed, "a new activation of a cart that is an order");
        foreach (var happening in Enum.GetValues<CartEvent>()) CartTransitions.Next(CartPhase.Placed, happening).ShouldBeNull();
    }

    [Theory]
    [InlineData(SessionPhase.Open, SessionHappening.Attached, SessionPhase.Connecting)]
    [InlineData(SessionPhase.Connecting, SessionHappening.Connected, SessionPhase.Active)]
    [InlineData(SessionPhase.Connecting, SessionHappening.ConnectFailed, SessionPhase.Interrupted)]
    [InlineData(SessionPhase.Active, SessionHappening.LegLost, SessionPhase.Interrupted)]
    [InlineData(SessionPhase.Active, SessionHappening.ProviderLost, SessionPhase.Interrupted)]
    [InlineData(SessionPhase.Active, SessionHappening.HungUp, SessionPhase.Interrupted)]
    [InlineData(SessionPhase.Active, SessionHappening.Attached, SessionPhase.Connecting)]
    [InlineData(SessionPhase.Interrupted, SessionHappening.ProviderRestored, SessionPhase.Active)]
    [InlineData(SessionPhase.Interrupted, SessionHappening.Attached, SessionPhase.Connecting)]
    public void A_session_moves_as_its_table_says(SessionPhase from, SessionHappening happening, SessionPhase to) =>
        SessionTransitions.Next(from, happening)!.Value.To.ShouldBe(to);

    [Fact]
    public void Every_phase_can_end_and_expire_and_the_end_is_final()
    {
        foreach (var phase in Enum.GetValues<SessionPhase>())
        {
            SessionTransitions.Next(phase, SessionHappening.EndAsked)!.Value.To.ShouldBe(SessionPhase.Ended);
            var expired = SessionTransitions.Next(phase, SessionHappening.Expired)!.Value;
            expired.To.ShouldBe(SessionPhase.Ended);
            expired.Effects.HasFlag(SessionEffects.ForgetTalk).ShouldBeTrue();
        }
        foreach (var signal in Enum.GetValues<SessionSignal>())
        {
            SessionTransitions.Next(SessionPhase.Ended, SessionTransitions.Of(signal)).ShouldBeNull();
            SessionTransitions.Next(SessionPhase.Open, SessionTransitions.Of(signal)).ShouldBeNull();
        }
    }

    [Fact]
    public void Kept_events_come_back_in_order_and_what_is_missing_is_told()
    {
        var events = new KeptEvents(3);
        events.StartAfter(100);
        events.After(100).Truncated.ShouldBeFalse();
        events.After(99).Truncated.ShouldBeTrue();
        for (var i = 0; i < 5; i++) events.Keep("error", () => "{}", DateTimeOffset.UnixEpoch);
        events.After(102).Events.Select(kept => kept.Sequence).ShouldBe([103, 104, 105]);
        events.After(102).Truncated.ShouldBeFalse();
        events.After(101).Truncated.ShouldBeTrue();
        events.After(105).Events.ShouldBeEmpty();
        events.After(106).Truncated.ShouldBeTrue();
    }
}
