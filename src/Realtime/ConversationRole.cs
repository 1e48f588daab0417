namespace VoiceOrdering.Realtime;

/// <summary>Who an item of the conversation belongs to.</summary>
public enum ConversationRole
{
    /// <summary>The caller.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The application: facts the model must know and the caller did not say.</summary>
    System,
}
