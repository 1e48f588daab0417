using System.Numerics;
using System.Runtime.InteropServices;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Every word of a menu with its weight: rare words tell items apart, frequent ones ("pizza") hardly do.</summary>
internal sealed class Vocabulary
{
    public const int None = -1;
    private const int ShortestFuzzyWord = 4;
    private const int LongWord = 7;
    private const int ShortestSoundedWord = 4;
    private const int ShortestSound = 3;
    private const float SoundQuality = 0.85f;
    private const int LargestSoundDistance = 3;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<int> _itemCounts = [];
    private readonly List<uint> _letters = [];
    private readonly Dictionary<string, List<int>> _bySound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int First, int Second)> _joined = new(StringComparer.Ordinal);
    private int[][] _byLength = [];
    private float[] _weights = [];

    public int Add(string word)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, word, out var exists);
        if (exists) return id;
        id = _words.Count;
        _words.Add(word);
        _itemCounts.Add(0);
        _letters.Add(LettersOf(word));
        if (word.Length >= ShortestSoundedWord && SoundKey.Of(word) is { Length: > 0 } key)
        {
            if (!_bySound.TryGetValue(key, out var alike)) _bySound.Add(key, alike = []);
            alike.Add(id);
        }
        return id;
    }

    /// <summary>Lets "rootbeer" be read as "root beer".</summary>
    public void AddPair(int first, int second) => _joined.TryAdd(_words[first] + _words[second], (first, second));

    public void CountItem(int id) => _itemCounts[id]++;

    public void Freeze(int itemCount)
    {
        _weights = [.. _itemCounts.Select(count => (float)Math.Log(1.0 + (double)Math.Max(itemCount, 1) / Math.Max(count, 1)))];
        UnknownWeight = (float)Math.Log(1.0 + Math.Max(itemCount, 1));
        var longest = _words.Count == 0 ? 0 : _words.Max(word => word.Length);
        _byLength = [.. Enumerable.Range(0, longest + 1).Select(length =>
            Enumerable.Range(0, _words.Count).Where(id => _words[id].Length == length).ToArray())];
    }

    public string TextOf(int id) => _words[id];

    public float WeightOf(int id) => _weights[id];

    /// <summary>Weight of a word the menu does not have.</summary>
    public float UnknownWeight { get; private set; }

    public int Find(string word) => _ids.GetValueOrDefault(word, None);

    public bool TrySplit(string word, out (int First, int Second) pair) => _joined.TryGetValue(word, out pair);

    /// <summary>The menu word nearest in spelling; quality 1 for the same word, 0 and <see cref="None"/> when nothing is near.</summary>
    public (int Id, float Quality) FindNearest(string word)
    {
        if (word.Length < ShortestFuzzyWord) return word.Length == ShortestFuzzyWord - 1 && SoundingAlike(word, 1) is var near && near != None ? (near, SoundQuality) : (None, 0);
        var limit = word.Length >= LongWord ? 2 : 1;
        var letters = LettersOf(word);
        var best = None;
        var bestDistance = limit + 1;
        for (var length = word.Length - limit; length <= word.Length + limit; length++)
        {
            if (length < ShortestFuzzyWord - 1 || length >= _byLength.Length) continue;
            foreach (var id in _byLength[length])
            {
                // A short word that begins differently is another word ("love" and "clove").
                if (word.Length < LongWord - 1 && word[0] != _words[id][0]) continue;
                // Every edit changes at most two letters of the set.
                if (BitOperations.PopCount(letters ^ _letters[id]) > 2 * limit) continue;
                var distance = EditDistance.Bounded(word, _words[id], bestDistance - 1);
                if (distance >= bestDistance) continue;
                (best, bestDistance) = (id, distance);
            }
        }
        if (best != None) return (best, 1f - (float)bestDistance / word.Length);
        return SoundingAlike(word, LargestSoundDistance) is var alike && alike != None ? (alike, SoundQuality) : (None, 0);
    }

    /// <summary>The one word that sounds the same although it is spelt quite differently, or <see cref="None"/>.</summary>
    private int SoundingAlike(string word, int limit)
    {
        var key = SoundKey.Of(word);
        // Many short words sound alike; only a silent letter is forgiven there.
        if (key.Length < ShortestSound) limit = 1;
        if (!_bySound.TryGetValue(key, out var alike)) return None;
        var best = None;
        foreach (var id in alike)
        {
            if (EditDistance.Bounded(word, _words[id], limit) > limit) continue;
            if (best != None) return None;
            best = id;
        }
        return best;
    }

    private static uint LettersOf(string word)
    {
        uint set = 0;
        foreach (var c in word) set |= 1u << (char.IsAsciiLetterLower(c) ? c - 'a' : 26 + (c & 3));
        return set;
    }
}
