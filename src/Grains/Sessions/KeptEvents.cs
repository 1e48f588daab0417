using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>
/// The last events of a session for listeners that come back. They live in memory: what they tell is durable elsewhere, and a listener
/// that missed more than is kept is told so. Sequences never repeat because every activation goes on after the reserved ones.
/// </summary>
internal sealed class KeptEvents(int limit)
{
    private readonly Queue<KeptEvent> _events = new();

    /// <summary>Sequence of the last event.</summary>
    public long Last { get; private set; }

    /// <summary>Begins after the sequences an earlier activation may have used.</summary>
    public void StartAfter(long sequence) => Last = sequence;

    /// <param name="name">Of <see cref="SessionEventNames"/>.</param>
    /// <param name="data">Writes the JSON, from what never changes; called when the first listener wants it, which may be never.</param>
    /// <param name="at">UTC instant.</param>
    public KeptEvent Keep(string name, Func<string> data, DateTimeOffset at)
    {
        var kept = new KeptEvent(++Last, name, data, at);
        _events.Enqueue(kept);
        if (_events.Count > limit) _events.Dequeue();
        return kept;
    }

    /// <summary>Events after a sequence; truncated when some after it are no longer kept or it was never given out.</summary>
    public EventBacklog After(long sequence)
    {
        var events = _events.Where(kept => kept.Sequence > sequence).Select(kept => kept.Event).ToArray();
        var firstKept = _events.Count > 0 ? _events.Peek().Sequence : Last + 1;
        return new EventBacklog(events, sequence < firstKept - 1 || sequence > Last);
    }
}

/// <summary>An event whose data is written when somebody wants it.</summary>
internal sealed class KeptEvent(long sequence, string name, Func<string> data, DateTimeOffset at)
{
    private SessionEvent? _event;

    public long Sequence => sequence;

    public SessionEvent Event => _event ??= new SessionEvent(sequence, name, data(), at);
}
