namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>Signs that audio was damaged on its way, measured by the server without knowing what was said.</summary>
/// <param name="LongestZeroRunMs">Longest run of digital silence (one constant value) between the first and last loud frame; speech from a microphone has none.</param>
/// <param name="ZeroMs">Sum of such runs of at least 5 ms, in milliseconds.</param>
/// <param name="ArrivalLagMs">
/// Wall time between the arrival of the turn's first and last piece, minus the audio it held: well above 0 means that frames are
/// missing or came late; far below 0 means that audio came faster than real time (a file), then it says nothing.
/// </param>
public sealed record AudioIntegrity(int LongestZeroRunMs, int ZeroMs, int ArrivalLagMs)
{
    /// <summary>Nothing suspicious.</summary>
    public static AudioIntegrity Sound { get; } = new(0, 0, 0);
}
