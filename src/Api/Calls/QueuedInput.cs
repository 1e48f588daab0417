namespace VoiceOrdering.Api.Calls;

/// <summary>Kinds of inputs the response queue sends to the model.</summary>
internal enum QueuedInputKind
{
    /// <summary>The answer to a tool call; key is the call id.</summary>
    ToolOutput,

    /// <summary>Words the customer typed; key is our item id.</summary>
    UserText,

    /// <summary>A fact or instruction of the application; key is our item id.</summary>
    SystemText,
}

/// <summary>Whether an input wants the model to answer.</summary>
internal enum AnswerWish
{
    /// <summary>The model is to know it; it need not speak.</summary>
    None,

    /// <summary>The model is to answer.</summary>
    Wanted,
}

/// <summary>One input on its way to the model.</summary>
internal readonly record struct QueuedInput(QueuedInputKind Kind, string Key, string Text, AnswerWish Answer);
