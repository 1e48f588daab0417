namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Finds which state of its known words each frame of an utterance belongs to.</summary>
internal sealed class ForcedAlignment
{
    /// <summary>How far an alignment may move from one training pass to the next.</summary>
    private const int BandSlots = 25;

    private readonly StateModels _models;
    private readonly List<Slot> _slots = [];
    private float[] _scores = [];
    private float[] _next = [];
    private float[] _emissions = [];
    private byte[] _moves = [];

    public ForcedAlignment(StateModels models) => _models = models;

    /// <summary>
    /// State of every frame, or null when the utterance is too short for its words. Looks only near <paramref name="path"/>, the slots of an
    /// earlier alignment, and replaces it.
    /// </summary>
    public int[]? Align(TrainingUtterance utterance, ref int[] path)
    {
        BuildSlots(utterance.Words);
        var (frames, slots) = (utterance.Frames.Count, _slots.Count);
        if (frames < slots / 2)
        {
            return null;
        }

        Reserve(frames, slots);
        Array.Fill(_scores, Transitions.Impossible, 0, slots);
        for (var t = 0; t < frames; t++)
        {
            var (from, to) = (Math.Max(0, path[t] - BandSlots), Math.Min(slots - 1, path[t] + BandSlots));
            Score(utterance.Frames[t], from, to);
            Array.Fill(_next, Transitions.Impossible, 0, slots);
            for (var j = from; j <= to; j++)
            {
                var (best, move) = t == 0 ? (j <= 1 ? 0 : Transitions.Impossible, 0) : FindBest(j);
                _next[j] = best + _emissions[j];
                _moves[(t * slots) + j] = (byte)move;
            }

            (_scores, _next) = (_next, _scores);
        }

        path = Trace(frames);
        return [.. path.Select(slot => _slots[slot].State)];
    }

    /// <summary>A first guess: silence at both ends, the rest shared out evenly.</summary>
    public int[] Spread(TrainingUtterance utterance, out int[] path)
    {
        const int padding = 15;
        BuildSlots(utterance.Words);
        var states = Enumerable.Range(0, _slots.Count).Where(slot => !_slots[slot].IsSilence).ToArray();
        var frames = utterance.Frames.Count;
        var speech = Math.Max(1, frames - (2 * padding));
        path = [.. Enumerable.Range(0, frames).Select(t =>
            t < padding ? 0 : t >= frames - padding ? _slots.Count - 1 : states[Math.Min(states.Length - 1, (t - padding) * states.Length / speech)])];
        return [.. path.Select(slot => _slots[slot].State)];
    }

    private (float Score, int Move) FindBest(int j)
    {
        var (best, move) = (_scores[j] + Transitions.Self, 0);
        if (j > 0 && _scores[j - 1] + Transitions.Next is var next && next > best)
        {
            (best, move) = (next, 1);
        }

        if (j > 1)
        {
            var skip = _slots[j - 1].IsSilence ? Transitions.Next : _slots[j].Word == _slots[j - 2].Word ? Transitions.Skip : Transitions.Impossible;
            if (_scores[j - 2] + skip > best)
            {
                (best, move) = (_scores[j - 2] + skip, 2);
            }
        }

        return (best, move);
    }

    private int[] Trace(int frames)
    {
        var slots = _slots.Count;
        var at = _scores[slots - 1] >= _scores[slots - 2] ? slots - 1 : slots - 2;
        var path = new int[frames];
        for (var t = frames - 1; t >= 0; t--)
        {
            path[t] = at;
            at = Math.Max(0, at - _moves[(t * slots) + at]);
        }

        return path;
    }

    private void Score(ReadOnlySpan<float> frame, int from, int to)
    {
        var silence = _models.Score(frame, _models.Silence);
        for (var j = from; j <= to; j++)
        {
            _emissions[j] = _slots[j].IsSilence ? silence : _models.Score(frame, _slots[j].State);
        }
    }

    private void BuildSlots(int[] words)
    {
        _slots.Clear();
        _slots.Add(new Slot(_models.Silence, -1, true));
        for (var w = 0; w < words.Length; w++)
        {
            for (var state = _models.First[words[w]]; state < _models.First[words[w] + 1]; state++)
            {
                _slots.Add(new Slot(state, w, false));
            }

            _slots.Add(new Slot(_models.Silence, -1 - w - 1, true));
        }
    }

    private void Reserve(int frames, int slots)
    {
        if (_scores.Length < slots)
        {
            (_scores, _next, _emissions) = (new float[slots * 2], new float[slots * 2], new float[slots * 2]);
        }

        if (_moves.Length < frames * slots)
        {
            _moves = new byte[frames * slots * 2];
        }
    }

    private readonly record struct Slot(int State, int Word, bool IsSilence);
}
