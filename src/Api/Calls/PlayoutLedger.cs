namespace VoiceOrdering.Api.Calls;

/// <summary>How far an item was played when its playout ended.</summary>
/// <param name="Item">The item.</param>
/// <param name="PlayedMs">Milliseconds handed to the leg.</param>
/// <param name="ReceivedMs">Milliseconds received from the provider.</param>
/// <param name="HeardText">Words heard.</param>
internal readonly record struct PlayedItem(SpokenItem Item, int PlayedMs, int ReceivedMs, string HeardText);

/// <summary>
/// Knows which item's milliseconds were really played. Items are open from their first audio or word until their last frame was
/// played or they were cut. Fed by the pull of the media thread through <see cref="PlayoutBuffer"/>; everything here is loop only.
/// </summary>
internal sealed class PlayoutLedger(PlayoutBuffer playout)
{
    private const int RememberedResponses = 16;
    private const double RateMemory = 0.5;

    private readonly List<SpokenItem> _open = [];
    private readonly Queue<string> _silenced = new();
    private readonly Queue<string> _spoken = new();
    private double _msPerLetter = HeardWords.TypicalLetterMs;

    /// <summary>Items being received or played, oldest first.</summary>
    public IReadOnlyList<SpokenItem> Open => _open;

    /// <summary>The item, opened if it is new; null when its answer was cut and nothing of it is to be played.</summary>
    public SpokenItem? Find(string itemId, string responseId, int contentIndex = 0)
    {
        if (_silenced.Contains(responseId))
        {
            return null;
        }

        // Answers are short and items few: a list is faster than a dictionary.
        foreach (SpokenItem known in _open)
        {
            if (known.ItemId == itemId)
            {
                return known;
            }
        }

        var item = new SpokenItem(itemId, responseId, contentIndex);
        _open.Add(item);
        Remember(_spoken, responseId);
        return item;
    }

    /// <summary>Whether the answer said or wrote anything.</summary>
    public bool HasSpoken(string responseId) => _spoken.Contains(responseId);

    /// <summary>What still comes of the answer is thrown away.</summary>
    public void Silence(string responseId) => Remember(_silenced, responseId);

    /// <summary>Ends an item that was played to its end.</summary>
    public PlayedItem EndWhole(SpokenItem item)
    {
        (double receivedMs, double playedMs) = playout.Measure(item);
        double weight = HeardWords.Weigh(item.Words.Text);
        if (weight > 10 && receivedMs > 0)
        {
            _msPerLetter += RateMemory * ((receivedMs / weight) - _msPerLetter);
        }

        _open.Remove(item);
        return new PlayedItem(item, (int)playedMs, (int)receivedMs, item.Words.Text.Trim());
    }

    /// <summary>Ends an item where it stands. While audio is missing its whole length is estimated from the call's rate of speech.</summary>
    public PlayedItem EndCut(SpokenItem item, double? playedMs = null)
    {
        (double receivedMs, double measuredMs) = playout.Measure(item);
        double heardMs = playedMs ?? measuredMs;
        bool isComplete = item.IsWhole && item.Words.IsFinal;
        double totalMs = isComplete ? receivedMs : Math.Max(receivedMs, HeardWords.Weigh(item.Words.Text) * _msPerLetter);
        _open.Remove(item);
        return new PlayedItem(item, (int)heardMs, (int)receivedMs, HeardWords.Until(item.Words, heardMs, totalMs));
    }

    private static void Remember(Queue<string> queue, string responseId)
    {
        if (queue.Contains(responseId))
        {
            return;
        }

        queue.Enqueue(responseId);
        if (queue.Count > RememberedResponses)
        {
            queue.Dequeue();
        }
    }
}
