namespace VoiceOrdering.Media.Transport;

/// <summary>How punctual the pacers of a server are.</summary>
internal sealed class PacerCounters(System.Diagnostics.Metrics.Histogram<double> latenessMs, long timestampFrequency)
{
    private long _givenUp;

    /// <summary>Times a pacer was so late that it skipped ticks.</summary>
    public long GivenUp => Volatile.Read(ref _givenUp);

    public void NoteWake(long lateTimestamps) => latenessMs.Record(lateTimestamps * 1000.0 / timestampFrequency);

    public void NoteGivenUp() => Interlocked.Increment(ref _givenUp);
}
