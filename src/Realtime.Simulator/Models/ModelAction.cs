namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>What a brain does in an answer. A closed set.</summary>
public abstract record ModelAction
{
    private ModelAction()
    {
    }

    /// <summary>Says (or, in text mode, writes) one or more whole sentences.</summary>
    /// <param name="Text">The words, as they are to be shown and spoken.</param>
    /// <param name="Language">Language to speak in, ISO 639-1; null takes the session's.</param>
    public sealed record Say(string Text, string? Language = null) : ModelAction;

    /// <summary>Calls a function of the configuration.</summary>
    /// <param name="Name">Function.</param>
    /// <param name="ArgumentsJson">A JSON object.</param>
    public sealed record CallFunction(string Name, string ArgumentsJson) : ModelAction;
}
