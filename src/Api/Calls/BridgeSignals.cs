using VoiceOrdering.Sessions;
using static VoiceOrdering.Api.Calls.BridgeEffects;

namespace VoiceOrdering.Api.Calls;

/// <summary>Carries out what a move of the bridge makes happen towards grain, customer and model.</summary>
internal sealed class BridgeSignals(CallContext context, SessionLine line, Conversation conversation, bool isResumed)
{
    private static readonly (BridgeEffects Effect, SessionSignal Signal)[] s_signals =
    [
        (SignalProviderLost, SessionSignal.ProviderLost),
        (SignalProviderRestored, SessionSignal.ProviderRestored),
        (SignalConnected, SessionSignal.Connected),
        (SignalLegLost, SessionSignal.LegLost),
        (SignalHungUp, SessionSignal.HungUp),
        (SignalConnectFailed, SessionSignal.ConnectFailed),
    ];

    private static readonly (BridgeEffects Effect, CallError Error)[] s_errors =
    [
        (TellProviderLost, CallError.ProviderLost),
        (TellProviderGone, CallError.ProviderUnreachable),
        (TellServerStopping, CallError.ServerStopping),
        (TellBroken, CallError.Broken),
    ];

    /// <summary>Applies the effects; <paramref name="reason"/> goes to the grain.</summary>
    public void Apply(BridgeEffects effects, string reason)
    {
        // The reason is told before the phase changes, so that a page can show it with the new phase.
        foreach ((BridgeEffects effect, CallError error) in s_errors)
        {
            if (effects.HasFlag(effect))
            {
                line.Publish(SessionEventNames.Error, error);
            }
        }

        foreach ((BridgeEffects effect, SessionSignal signal) in s_signals)
        {
            if (effects.HasFlag(effect))
            {
                line.Signal(signal, reason);
            }
        }

        if (effects.HasFlag(EndSession))
        {
            line.End(reason);
        }

        if (effects.HasFlag(Greet))
        {
            Greeting();
        }

        if (effects.HasFlag(Reintroduce))
        {
            conversation.Prompt(ProviderSeed.Reintroduction);
        }
    }

    // A typed conversation begins with the customer's words; nobody is greeted who did not call.
    private void Greeting()
    {
        if (context.Leg is not null)
        {
            conversation.Prompt(isResumed ? ProviderSeed.WelcomeBack : ProviderSeed.Greeting);
        }
    }
}
