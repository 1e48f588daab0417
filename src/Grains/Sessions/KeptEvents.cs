using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>
/// The last events of a session for listeners that come back. They live in memory: what they tell is durable elsewhere, and a listener
/// that missed more than is kept is told so. Sequences never repeat because every activation goes on after the reserved ones.
/// </summary>
internal sealed class KeptEvents(int limit)
{
    private readonly Queue<SessionEvent> _events = new();

    /// <summary>Sequence of the last event.</summary>
    public long Last { get; private set; }

    /// <summary>Begins after the sequences an earlier activation may have used.</summary>
    public void StartAfter(long sequence) => Last = sequence;

    public SessionEvent Keep(string name, string dataJson, DateTimeOffset at)
    {
        var kept = new SessionEvent(++Last, name, dataJson, at);
        _events.Enqueue(kept);
        if (_events.Count > limit) _events.Dequeue();
        return kept;
    }

    /// <summary>Events after a sequence; truncated when some after it are no longer kept or it was never given out.</summary>
    public EventBacklog After(long sequence)
    {
        var events = _events.Where(kept => kept.Sequence > sequence).ToArray();
        var firstKept = _events.Count > 0 ? _events.Peek().Sequence : Last + 1;
        return new EventBacklog(events, sequence < firstKept - 1 || sequence > Last);
    }
}
