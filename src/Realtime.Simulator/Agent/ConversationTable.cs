namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Where an order stands.</summary>
internal enum Phase
{
    /// <summary>Lines are added and changed.</summary>
    Ordering,

    /// <summary>The cart was read back and the caller was asked to confirm it.</summary>
    Confirming,

    /// <summary>The order is stored.</summary>
    Placed,

    /// <summary>The call was ended.</summary>
    Ended,
}

/// <summary>What happened: words of the caller, or an answer of a tool.</summary>
internal enum Signal
{
    Edits,
    StartOver,
    Question,
    ReadCart,
    Done,
    Submit,
    Yes,
    No,
    NoThanks,
    Hello,
    Help,
    Repeat,
    Human,
    Bye,
    Unknown,
    CartReadBack,
    OrderPlaced,
    OrderRefused,
    CartChangedElsewhere,
}

/// <summary>What the agent does about it.</summary>
internal enum Move
{
    Nothing,
    MakeEdits,
    ClearCart,
    AnswerQuestion,
    TellCart,
    ReadBack,
    AskToConfirm,
    SubmitOrder,
    ThankForOrder,
    AskWhatElse,
    AskWhatToChange,
    ExplainRefusal,
    SayAlreadyPlaced,
    Greet,
    Explain,
    RepeatLast,
    RefuseHuman,
    SayGoodbye,
    AskToRepeat,
}

/// <summary>The whole conversation in one table: phase and signal to move and next phase.</summary>
internal static class ConversationTable
{
    private static readonly (Phase From, Signal Signal, Move Move, Phase To)[] Rows =
    [
        (Phase.Ordering, Signal.Edits, Move.MakeEdits, Phase.Ordering),
        (Phase.Ordering, Signal.StartOver, Move.ClearCart, Phase.Ordering),
        (Phase.Ordering, Signal.Question, Move.AnswerQuestion, Phase.Ordering),
        (Phase.Ordering, Signal.ReadCart, Move.TellCart, Phase.Ordering),
        (Phase.Ordering, Signal.Done, Move.ReadBack, Phase.Ordering),
        (Phase.Ordering, Signal.Submit, Move.ReadBack, Phase.Ordering),
        (Phase.Ordering, Signal.No, Move.ReadBack, Phase.Ordering),
        (Phase.Ordering, Signal.NoThanks, Move.ReadBack, Phase.Ordering),
        (Phase.Ordering, Signal.Yes, Move.AskWhatElse, Phase.Ordering),
        (Phase.Ordering, Signal.Unknown, Move.AskToRepeat, Phase.Ordering),
        (Phase.Ordering, Signal.CartReadBack, Move.AskToConfirm, Phase.Confirming),
        (Phase.Ordering, Signal.OrderPlaced, Move.ThankForOrder, Phase.Placed),
        (Phase.Ordering, Signal.OrderRefused, Move.ExplainRefusal, Phase.Ordering),
        (Phase.Ordering, Signal.CartChangedElsewhere, Move.Nothing, Phase.Ordering),

        (Phase.Confirming, Signal.Edits, Move.MakeEdits, Phase.Ordering),
        (Phase.Confirming, Signal.StartOver, Move.ClearCart, Phase.Ordering),
        (Phase.Confirming, Signal.Question, Move.AnswerQuestion, Phase.Confirming),
        (Phase.Confirming, Signal.ReadCart, Move.ReadBack, Phase.Ordering),
        (Phase.Confirming, Signal.Done, Move.AskToConfirm, Phase.Confirming),
        (Phase.Confirming, Signal.Submit, Move.SubmitOrder, Phase.Confirming),
        (Phase.Confirming, Signal.Yes, Move.SubmitOrder, Phase.Confirming),
        (Phase.Confirming, Signal.No, Move.AskWhatToChange, Phase.Ordering),
        (Phase.Confirming, Signal.NoThanks, Move.AskWhatToChange, Phase.Ordering),
        (Phase.Confirming, Signal.Unknown, Move.AskToRepeat, Phase.Confirming),
        (Phase.Confirming, Signal.CartReadBack, Move.AskToConfirm, Phase.Confirming),
        (Phase.Confirming, Signal.OrderPlaced, Move.ThankForOrder, Phase.Placed),
        (Phase.Confirming, Signal.OrderRefused, Move.ExplainRefusal, Phase.Ordering),
        (Phase.Confirming, Signal.CartChangedElsewhere, Move.Nothing, Phase.Ordering),

        (Phase.Placed, Signal.Done, Move.SayGoodbye, Phase.Placed),
        (Phase.Placed, Signal.Yes, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.No, Move.SayGoodbye, Phase.Placed),
        (Phase.Placed, Signal.NoThanks, Move.SayGoodbye, Phase.Placed),
        (Phase.Placed, Signal.Question, Move.AnswerQuestion, Phase.Placed),
        (Phase.Placed, Signal.Unknown, Move.AskToRepeat, Phase.Placed),
        (Phase.Placed, Signal.CartReadBack, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.OrderRefused, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.OrderPlaced, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.Edits, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.StartOver, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.ReadCart, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.Submit, Move.SayAlreadyPlaced, Phase.Placed),
        (Phase.Placed, Signal.CartChangedElsewhere, Move.Nothing, Phase.Placed),
    ];

    private static readonly Dictionary<(Phase, Signal), (Move, Phase)> Index = Rows.ToDictionary(row => (row.From, row.Signal), row => (row.Move, row.To));

    /// <summary>The same in every phase but <see cref="Phase.Ended"/>.</summary>
    private static readonly Dictionary<Signal, Move> Anywhere = new()
    {
        [Signal.Hello] = Move.Greet,
        [Signal.Help] = Move.Explain,
        [Signal.Repeat] = Move.RepeatLast,
        [Signal.Human] = Move.RefuseHuman,
        [Signal.Bye] = Move.SayGoodbye,
    };

    /// <summary>Total: after the end of the call nothing is done any more.</summary>
    public static (Move Move, Phase Next) Find(Phase phase, Signal signal) =>
        Index.TryGetValue((phase, signal), out var row) ? row
        : phase != Phase.Ended && Anywhere.TryGetValue(signal, out var move) ? (move, phase)
        : (Move.Nothing, phase);
}
