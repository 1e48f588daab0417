namespace VoiceOrdering.Api.Calls;

/// <summary>What happened in one call; written by the bridge's loop, logged once at its end.</summary>
internal sealed class CallCounters
{
    public int ProviderSessions { get; set; }

    public int ProviderLosses { get; set; }

    public int CallerTurns { get; set; }

    public int AssistantTurns { get; set; }

    public int TypedTurns { get; set; }

    public int BargeIns { get; set; }

    public int ToolCalls { get; set; }

    public int ToolRepeats { get; set; }

    public int Responses { get; set; }

    public int ResponsesFailed { get; set; }

    public int ResponsesRefused { get; set; }

    public int ProviderErrors { get; set; }

    public int StaleEvents { get; set; }

    public int LateAudio { get; set; }

    public int RejectedMoves { get; set; }

    public long HeardMs { get; set; }
}
