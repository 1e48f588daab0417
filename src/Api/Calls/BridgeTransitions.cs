using System.Collections.Frozen;
using static VoiceOrdering.Api.Calls.BridgeEffects;
using static VoiceOrdering.Api.Calls.BridgeState;
using static VoiceOrdering.Api.Calls.BridgeTrigger;

namespace VoiceOrdering.Api.Calls;

/// <summary>One row of the table.</summary>
/// <param name="To">State after it.</param>
/// <param name="Effects">What it makes happen.</param>
internal readonly record struct BridgeMove(BridgeState To, BridgeEffects Effects);

/// <summary>
/// The life of a bridge as one table: from, trigger, to, effects. A pair that is not listed changes nothing and is counted.
/// A bridge without a leg (typed conversation) begins in <see cref="AwaitingProvider"/>.
/// </summary>
internal static class BridgeTransitions
{
    private static readonly FrozenDictionary<(BridgeState, BridgeTrigger), BridgeMove> s_moves = Build(
    [
        (Connecting, LegConnected, AwaitingProvider, None),
        (Connecting, ProviderReady, AwaitingLeg, None),
        (Connecting, ProviderGaveUp, Ended, TellProviderGone | SignalConnectFailed),
        (Connecting, LegLost, Ended, SignalConnectFailed),
        (Connecting, HungUp, Ended, SignalHungUp),

        (AwaitingLeg, LegConnected, Live, SignalConnected | Greet),
        (AwaitingLeg, ProviderLost, Connecting, None),
        (AwaitingLeg, LegLost, Ended, SignalConnectFailed),
        (AwaitingLeg, HungUp, Ended, SignalHungUp),

        (AwaitingProvider, ProviderReady, Live, SignalConnected | Greet),
        (AwaitingProvider, ProviderGaveUp, Ended, TellProviderGone | SignalConnectFailed),
        (AwaitingProvider, LegLost, Ended, SignalLegLost),
        (AwaitingProvider, HungUp, Ended, SignalHungUp),

        (Live, ProviderLost, Recovering, SignalProviderLost | TellProviderLost),
        (Live, ProviderGaveUp, Ended, SignalProviderLost | TellProviderGone),
        (Live, LegLost, Ended, SignalLegLost),
        (Live, HungUp, Ended, SignalHungUp),
        (Live, EndAsked, Closing, None),
        (Live, IdleTooLong, Ended, None),

        (Recovering, ProviderReady, Live, SignalProviderRestored | SignalConnected | Reintroduce),
        (Recovering, ProviderGaveUp, Ended, TellProviderGone),
        (Recovering, LegLost, Ended, SignalLegLost),
        (Recovering, HungUp, Ended, SignalHungUp),

        // The conversation is over for the model: losing the leg or the provider now loses nothing.
        (Closing, LastWordsPlayed, Ended, EndSession),
        (Closing, CustomerGoesOn, Live, None),
        (Closing, ProviderLost, Closing, None),
        (Closing, ProviderGaveUp, Ended, EndSession),
        (Closing, LegLost, Ended, EndSession),
        (Closing, HungUp, Ended, EndSession),
    ]);

    /// <summary>The move, or null when nothing is to happen.</summary>
    public static BridgeMove? Find(BridgeState from, BridgeTrigger trigger) =>
        s_moves.TryGetValue((from, trigger), out BridgeMove move) ? move : null;

    /// <summary>Every listed pair, for documentation and tests.</summary>
    public static IEnumerable<(BridgeState From, BridgeTrigger Trigger, BridgeMove Move)> All =>
        s_moves.Select(row => (row.Key.Item1, row.Key.Item2, row.Value)).OrderBy(row => row.Item1).ThenBy(row => row.Item2);

    private static FrozenDictionary<(BridgeState, BridgeTrigger), BridgeMove> Build(
        (BridgeState From, BridgeTrigger Trigger, BridgeState To, BridgeEffects Effects)[] rows)
    {
        var moves = rows.ToDictionary(row => (row.From, row.Trigger), row => new BridgeMove(row.To, row.Effects));

        // These can happen at any time and always end the bridge.
        foreach (BridgeState from in Enum.GetValues<BridgeState>())
        {
            if (from == Ended)
            {
                continue;
            }

            moves.Add((from, Replaced), new BridgeMove(Ended, None));
            moves.Add((from, SessionOver), new BridgeMove(Ended, None));
            moves.Add((from, ServerStopping), new BridgeMove(Ended, from == Closing ? EndSession : TellServerStopping | SignalLegLost));
            moves.Add((from, Broken), new BridgeMove(Ended, TellBroken | SignalLegLost));
        }

        return moves.ToFrozenDictionary();
    }
}
