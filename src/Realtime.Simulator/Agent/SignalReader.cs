namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Decides what a sentence with several acts is about: edits before talk, and a "yes" counts most when one was asked for.</summary>
internal static class SignalReader
{
    private static readonly (Cue Cue, Signal Signal)[] WhileOrdering =
    [
        (Cue.StartOver, Signal.StartOver), (Cue.Submit, Signal.Submit), (Cue.ReadCart, Signal.ReadCart), (Cue.ShowMenu, Signal.Question), (Cue.Done, Signal.Done),
        (Cue.Bye, Signal.Bye), (Cue.Repeat, Signal.Repeat), (Cue.Help, Signal.Help), (Cue.Human, Signal.Human), (Cue.NoThanks, Signal.NoThanks), (Cue.No, Signal.No),
        (Cue.Yes, Signal.Yes), (Cue.Hello, Signal.Hello),
    ];

    private static readonly (Cue Cue, Signal Signal)[] WhileConfirming =
    [
        (Cue.StartOver, Signal.StartOver), (Cue.No, Signal.No), (Cue.Submit, Signal.Submit), (Cue.Yes, Signal.Yes), (Cue.NoThanks, Signal.NoThanks), .. WhileOrdering,
    ];

    public static Signal Read(IReadOnlyList<OrderAct> acts, Phase phase)
    {
        if (acts.Any(act => act is AddLine or ChangeLine or RemoveLine or ReplaceLine))
        {
            return Signal.Edits;
        }

        if (acts.Any(act => act is MenuQuestion))
        {
            return Signal.Question;
        }

        var cues = acts.OfType<Steer>().Select(steer => steer.Cue).ToHashSet();
        foreach (var (cue, signal) in phase == Phase.Confirming ? WhileConfirming : WhileOrdering)
        {
            if (cues.Contains(cue))
            {
                return signal;
            }
        }

        return Signal.Unknown;
    }
}
