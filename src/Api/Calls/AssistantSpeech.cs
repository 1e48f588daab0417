using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>What the assistant says: takes its audio and words, and ends each item when it was played, cut or lost. Loop only.</summary>
internal sealed class AssistantSpeech(CallContext context, SessionLine line, PlayoutBuffer playout, PlayoutLedger ledger, TurnRecorder recorder)
{
    public void OnItemPlayed(SpokenItem item)
    {
        if (!item.IsClosed && item.Words.IsFinal)
        {
            EndWhole(item);
        }
    }

    /// <summary>The answer is over: nothing is added to its items any more.</summary>
    public void OnResponseEnded(string responseId)
    {
        foreach (SpokenItem item in ledger.Open.Where(item => item.ResponseId == responseId).ToArray())
        {
            CloseItem(item);
        }
    }

    /// <summary>Nothing more will come; what was received is played to its end and counts as said.</summary>
    public void EndAsReceived()
    {
        foreach (SpokenItem item in ledger.Open.ToArray())
        {
            playout.Complete(item);
            EndCut(item, playout.Measure(item).ReceivedMs);
        }
    }

    /// <summary>Playout stops now: what was played counts as said.</summary>
    public void EndAsPlayed()
    {
        playout.Flush();
        foreach (SpokenItem item in ledger.Open.ToArray())
        {
            EndCut(item, playout.Measure(item).PlayedMs);
        }
    }

    public void OnAudio(AudioDelta audio)
    {
        SpokenItem? item = ledger.Find(audio.ItemId, audio.ResponseId, audio.ContentIndex);
        if (item is null)
        {
            recorder.CountLateAudio();
        }
        else if (!playout.TryAppend(item, audio.Audio))
        {
            context.Metrics.LimitReached("playout");
            ledger.Silence(audio.ResponseId);
            playout.Complete(item);
            line.Publish(SessionEventNames.Error, CallError.AnswerTooLong);
        }
    }

    public void OnAudioDone(AudioDone done)
    {
        if (ledger.Find(done.ItemId, done.ResponseId, done.ContentIndex) is { } item && playout.Complete(item) && item.Words.IsFinal)
        {
            EndWhole(item);
        }
    }

    /// <summary>Words of the assistant, spoken or written.</summary>
    public void OnWords(RealtimeEvent words)
    {
        (string responseId, string itemId, string text) = words switch
        {
            AssistantTranscriptDelta delta => (delta.ResponseId, delta.ItemId, delta.Delta),
            AssistantTranscriptDone done => (done.ResponseId, done.ItemId, done.Transcript),
            TextDelta delta => (delta.ResponseId, delta.ItemId, delta.Delta),
            TextDone done => (done.ResponseId, done.ItemId, done.Text),
            _ => throw new ArgumentOutOfRangeException(nameof(words), words, "Not an event with words of the assistant."),
        };
        if (ledger.Find(itemId, responseId) is not { } item)
        {
            return;
        }

        if (words is AssistantTranscriptDelta or TextDelta)
        {
            item.Words.Append(text, playout.Measure(item).ReceivedMs);
            if (words is TextDelta)
            {
                recorder.AssistantBegan(item);
            }

            recorder.AssistantWords(item, text);
            return;
        }

        item.Words.Complete(text);
        if (words is TextDone)
        {
            recorder.AssistantBegan(item);
            recorder.AssistantEnded(item, ledger.EndWhole(item).HeardText, null, TurnEnd.Whole);
        }
        else if (item.IsWhole && playout.Complete(item))
        {
            EndWhole(item);
        }
    }

    private void EndWhole(SpokenItem item)
    {
        PlayedItem whole = ledger.EndWhole(item);
        recorder.AssistantEnded(item, whole.HeardText, whole.PlayedMs, TurnEnd.Whole);
    }

    private void EndCut(SpokenItem item, double playedMs)
    {
        PlayedItem cut = ledger.EndCut(item, playedMs);
        if (context.Leg is null)
        {
            // Written words are read as they come.
            recorder.AssistantEnded(item, item.Words.Text, null, TurnEnd.Cut);
        }
        else
        {
            recorder.AssistantEnded(item, cut.HeardText, cut.PlayedMs, TurnEnd.Cut);
        }
    }

    // After the end of an answer nothing is added to its items, whatever was announced before.
    private void CloseItem(SpokenItem item)
    {
        bool isPlayed = playout.Complete(item);
        if (!item.Words.IsFinal)
        {
            item.Words.Complete(item.Words.Text);
        }

        if (isPlayed)
        {
            EndWhole(item);
        }
    }
}
