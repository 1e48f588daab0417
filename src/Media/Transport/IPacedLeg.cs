namespace VoiceOrdering.Media.Transport;

/// <summary>Something a pacer drives every 20 ms.</summary>
internal interface IPacedLeg
{
    /// <summary>Called on the pacer's thread only.</summary>
    /// <param name="dueAt">The deadline this tick stands for.</param>
    void Tick(long dueAt);

    /// <summary>A tick threw; called on the pacer's thread.</summary>
    void OnTickFailed(Exception exception);
}
