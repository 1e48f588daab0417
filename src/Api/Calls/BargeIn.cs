using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// The caller speaks over the assistant: playout stops at once (the next pull of the media thread finds nothing), the item is cut at
/// the provider to the milliseconds really played, and only the words heard are recorded. The provider cancels its running answer by
/// itself (<c>interrupt_response</c>); what it had already sent is thrown away. Loop only.
/// </summary>
internal sealed class BargeIn(PlayoutBuffer playout, PlayoutLedger ledger, TurnRecorder recorder, CallCounters counters, CallMetrics metrics)
{
    /// <summary>Stops what is being played. True when something was cut.</summary>
    public async ValueTask<bool> StopAsync(IRealtimeSession session, string? activeResponseId)
    {
        playout.Flush();
        if (activeResponseId is not null)
        {
            ledger.Silence(activeResponseId);
        }

        bool hasCut = false;
        foreach (SpokenItem item in ledger.Open.ToArray())
        {
            (double receivedMs, double playedMs) = playout.Measure(item);
            if (item.IsWhole && playedMs >= receivedMs)
            {
                // Its last frame is out; only the notice of it is still on its way.
                PlayedItem whole = ledger.EndWhole(item);
                recorder.AssistantEnded(item, whole.HeardText, whole.PlayedMs, TurnEnd.Whole);
                continue;
            }

            ledger.Silence(item.ResponseId);
            PlayedItem cut = ledger.EndCut(item);
            recorder.AssistantEnded(item, cut.HeardText, cut.PlayedMs, TurnEnd.Cut);
            if (receivedMs > 0 && session.Capabilities is { Truncation: true, TruncatesByItself: false })
            {
                await session.TruncateAsync(item.ItemId, item.ContentIndex, cut.PlayedMs);
            }

            hasCut = true;
        }

        if (hasCut)
        {
            counters.BargeIns++;
            metrics.BargedIn();
        }

        return hasCut;
    }
}
