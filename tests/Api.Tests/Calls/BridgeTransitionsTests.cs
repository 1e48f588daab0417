using VoiceOrdering.Api.Calls;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>The table of a bridge's life.</summary>
public sealed class BridgeTransitionsTests
{
    [Fact]
    public void The_end_is_final() =>
        Enum.GetValues<BridgeTrigger>().ShouldAllBe(trigger => BridgeTransitions.Find(BridgeState.Ended, trigger) == null);

    [Fact]
    public void Every_state_can_be_reached_and_every_state_can_end()
    {
        HashSet<BridgeState> reached = [BridgeState.Connecting];
        while (BridgeTransitions.All.Where(row => reached.Contains(row.From)).Select(row => row.Move.To).ToList() is var next && next.Any(reached.Add))
        {
        }

        reached.ShouldBe(Enum.GetValues<BridgeState>(), ignoreOrder: true);
        foreach (BridgeState state in Enum.GetValues<BridgeState>().Where(state => state != BridgeState.Ended))
        {
            BridgeTransitions.Find(state, BridgeTrigger.Broken)!.Value.To.ShouldBe(BridgeState.Ended);
        }
    }

    [Fact]
    public void Whatever_ends_a_call_unasked_tells_the_grain()
    {
        const BridgeEffects Told = BridgeEffects.SignalLegLost | BridgeEffects.SignalHungUp | BridgeEffects.SignalConnectFailed
            | BridgeEffects.SignalProviderLost | BridgeEffects.EndSession;
        foreach ((BridgeState from, BridgeTrigger trigger, BridgeMove move) in BridgeTransitions.All.Where(row => row.Move.To == BridgeState.Ended))
        {
            // The grain knows of these already, or is not to be told: a rest is no loss. In Recovering it knows that the provider is gone.
            bool isKnown = trigger is BridgeTrigger.Replaced or BridgeTrigger.SessionOver or BridgeTrigger.IdleTooLong
                || (from, trigger) == (BridgeState.Recovering, BridgeTrigger.ProviderGaveUp);
            ((move.Effects & Told) != 0 || isKnown).ShouldBeTrue($"{from} {trigger}");
        }
    }

    [Fact]
    public void Whenever_the_service_ends_a_call_the_customer_is_told_why()
    {
        const BridgeEffects Why = BridgeEffects.TellBroken | BridgeEffects.TellProviderGone | BridgeEffects.TellServerStopping;
        foreach ((BridgeState from, BridgeTrigger trigger, BridgeMove move) in BridgeTransitions.All)
        {
            if (trigger is BridgeTrigger.Broken or BridgeTrigger.ProviderGaveUp or BridgeTrigger.ServerStopping && from != BridgeState.Closing)
            {
                (move.Effects & Why).ShouldNotBe(BridgeEffects.None, $"{from} {trigger}");
            }
        }
    }
}
