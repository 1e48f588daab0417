using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Turns what is said and heard into turn records and page events. A turn of the assistant is recorded when its playout ended,
/// with the words really heard; a turn of the caller when its transcript arrives, with the instant at which it was said.
/// Loop only.
/// </summary>
internal sealed class TurnRecorder(CallContext context, SessionLine line, CallCounters counters)
{
    private const string CallerRole = "caller";
    private const string AssistantRole = "assistant";
    private const int RememberedTurns = 16;

    private readonly Dictionary<string, DateTimeOffset> _callerTurns = [];

    /// <summary>Caller turns whose transcript has not arrived yet.</summary>
    public int AwaitedTranscripts => _callerTurns.Count;

    /// <summary>Audio of an answer that was cut already arrived.</summary>
    public void CountLateAudio() => counters.LateAudio++;

    public void CallerBegan(string itemId)
    {
        if (_callerTurns.Count >= RememberedTurns)
        {
            _callerTurns.Remove(_callerTurns.MinBy(turn => turn.Value).Key);
        }

        _callerTurns[itemId] = context.Time.GetUtcNow();
        line.Relay(SessionEventNames.TurnStarted, new { role = CallerRole, itemId });
    }

    public void CallerStopped(string itemId)
    {
        counters.CallerTurns++;
        line.Relay(SessionEventNames.TurnEnded, new { role = CallerRole, itemId });
    }

    public void CallerWords(string itemId, string delta) =>
        line.Relay(SessionEventNames.TranscriptDelta, new { itemId, role = CallerRole, delta });

    public void CallerSaid(string itemId, string transcript)
    {
        DateTimeOffset at = _callerTurns.Remove(itemId, out DateTimeOffset began) ? began : context.Time.GetUtcNow();
        if (!string.IsNullOrWhiteSpace(transcript))
        {
            line.Record(new TurnRecord(itemId, CallerRole, transcript.Trim(), null, false, at));
        }
    }

    /// <summary>No transcript will come for the turn.</summary>
    public void CallerUnwritten(string itemId) => _callerTurns.Remove(itemId);

    public void AssistantWords(SpokenItem item, string delta) =>
        line.Relay(SessionEventNames.TranscriptDelta, new { itemId = item.ItemId, role = AssistantRole, delta });

    public void AssistantBegan(SpokenItem item)
    {
        if (item.BeganAt is null && !item.IsClosed)
        {
            item.BeganAt = context.Time.GetUtcNow();
            line.Relay(SessionEventNames.TurnStarted, new { role = AssistantRole, itemId = item.ItemId });
        }
    }

    /// <summary>The item is over: <paramref name="heard"/> is what the customer heard (or read) of it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="heard">Words heard.</param>
    /// <param name="heardMs">Milliseconds played; null for written answers.</param>
    /// <param name="end">Whether it was cut.</param>
    public void AssistantEnded(SpokenItem item, string heard, int? heardMs, TurnEnd end)
    {
        if (heardMs > 0)
        {
            // The notice of its first frame may still be on its way.
            AssistantBegan(item);
        }

        item.IsClosed = true;
        if (item.BeganAt is { } beganAt)
        {
            counters.AssistantTurns++;
            counters.HeardMs += heardMs ?? 0;
            line.Relay(SessionEventNames.TurnEnded, new { role = AssistantRole, itemId = item.ItemId });
            if (heard.Length > 0 || heardMs > 0)
            {
                line.Record(new TurnRecord(item.ItemId, AssistantRole, heard, heardMs, end == TurnEnd.Cut, beganAt));
            }
        }
    }
}

/// <summary>How a turn of the assistant ended.</summary>
internal enum TurnEnd
{
    /// <summary>To its last word.</summary>
    Whole,

    /// <summary>The caller spoke over it, or the line broke.</summary>
    Cut,
}
