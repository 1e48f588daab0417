namespace VoiceOrdering.Realtime.Simulator.Voice;

/// <summary>Keeps the sentences spoken most recently, up to a number of samples. Safe for concurrent use.</summary>
internal sealed class SpeechCache(int maxSamples)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Utterance, LinkedListNode<(Utterance Key, short[] Samples)>> _index = [];
    private readonly LinkedList<(Utterance Key, short[] Samples)> _byUse = new();

    public int KeptSamples { get; private set; }

    public bool TryFind(Utterance utterance, out short[] samples)
    {
        lock (_lock)
        {
            if (!_index.TryGetValue(utterance, out var node))
            {
                samples = [];
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            samples = node.Value.Samples;
            return true;
        }
    }

    public void Add(Utterance utterance, short[] samples)
    {
        lock (_lock)
        {
            if (samples.Length > maxSamples || _index.ContainsKey(utterance))
            {
                return;
            }

            _index[utterance] = _byUse.AddFirst((utterance, samples));
            KeptSamples += samples.Length;
            while (KeptSamples > maxSamples && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _index.Remove(oldest.Value.Key);
                KeptSamples -= oldest.Value.Samples.Length;
            }
        }
    }
}
