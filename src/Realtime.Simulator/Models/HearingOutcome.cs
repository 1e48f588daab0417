namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>How well a turn was heard.</summary>
public enum HearingOutcome
{
    /// <summary>The words can be acted on.</summary>
    Understood,

    /// <summary>Below the ear's confidence: ask to repeat.</summary>
    NotUnderstood,

    /// <summary>The ear itself failed.</summary>
    Failed,
}
