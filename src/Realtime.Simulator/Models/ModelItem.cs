using VoiceOrdering.Realtime;

namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>One item of the conversation as a brain sees it. A closed set.</summary>
/// <param name="Id">Item id.</param>
public abstract record ModelItem(string Id)
{
    /// <summary>Typed words of the caller, a system fact, or a seeded or spoken answer.</summary>
    /// <param name="Id">Item id.</param>
    /// <param name="Role">Whose words.</param>
    /// <param name="Text">The words; empty for speech that was cut.</param>
    public sealed record Message(string Id, ConversationRole Role, string Text) : ModelItem(Id)
    {
        /// <summary>Milliseconds the caller heard of this speech before it was cut; null when it was not cut.</summary>
        public int? CutAtMs { get; init; }
    }

    /// <summary>A spoken turn of the caller.</summary>
    /// <param name="Id">Item id.</param>
    /// <param name="Audio">What was said.</param>
    /// <param name="Hearing">What was heard.</param>
    public sealed record Spoken(string Id, UserAudio Audio, Hearing Hearing) : ModelItem(Id);

    /// <summary>A function the brain called.</summary>
    /// <param name="Id">Item id.</param>
    /// <param name="CallId">Key of the output.</param>
    /// <param name="Name">Function.</param>
    /// <param name="ArgumentsJson">Arguments.</param>
    public sealed record Call(string Id, string CallId, string Name, string ArgumentsJson) : ModelItem(Id);

    /// <summary>What the client answered to a call.</summary>
    /// <param name="Id">Item id.</param>
    /// <param name="CallId">Which call.</param>
    /// <param name="Output">Text, usually JSON.</param>
    public sealed record CallOutput(string Id, string CallId, string Output) : ModelItem(Id);
}
