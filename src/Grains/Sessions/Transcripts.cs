using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>The kept words of a session.</summary>
internal static class Transcripts
{
    /// <summary>Adds a turn, or replaces the one of the same item; the oldest leave when there are too many, and are counted.</summary>
    public static IReadOnlyList<TurnRecord> Put(IReadOnlyList<TurnRecord> turns, TurnRecord turn, int limit, OrderingMetrics metrics)
    {
        var next = turns.ToList();
        var known = next.FindIndex(other => other.ItemId == turn.ItemId && other.Role == turn.Role);
        if (known >= 0) next[known] = turn;
        else next.Add(turn);
        while (next.Count > limit)
        {
            next.RemoveAt(0);
            metrics.TranscriptTurnDropped();
        }
        return next.ToArray();
    }
}
