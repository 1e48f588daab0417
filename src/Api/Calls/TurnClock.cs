namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Measures from the end of the caller's turn to the first audio handed to the leg. The end is where the provider says the turn
/// ended (<c>audio_end_ms</c>, its silence window included), counted back from the audio given to it so far. Loop only.
/// </summary>
internal sealed class TurnClock(TimeProvider time, CallMetrics metrics)
{
    private long? _endedAt;

    /// <summary>The turn ended <paramref name="agoMs"/> of audio before <paramref name="heardAt"/>.</summary>
    public void TurnEnded(long heardAt, double agoMs) =>
        _endedAt = heardAt - (long)(Math.Clamp(agoMs, 0, 5000) / 1000 * time.TimestampFrequency);

    /// <summary>The caller speaks again before an answer: nothing to measure.</summary>
    public void Forget() => _endedAt = null;

    /// <summary>The first audio of an answer was handed to the leg.</summary>
    public void AnswerBegan(long at)
    {
        if (_endedAt is { } endedAt)
        {
            metrics.TurnAnswered(time.GetElapsedTime(endedAt, at));
            _endedAt = null;
        }
    }
}
