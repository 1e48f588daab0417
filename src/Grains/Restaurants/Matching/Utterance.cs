namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>The caller's words with the menu word each of them stands for.</summary>
internal sealed class Utterance
{
    private Utterance(string text, List<HeardWord> words)
    {
        Text = text;
        Words = words;
    }

    public string Text { get; }
    public IReadOnlyList<HeardWord> Words { get; }

    /// <summary>The text of words <paramref name="start"/> up to but without <paramref name="end"/>.</summary>
    public string TextOf(int start, int end)
    {
        var from = Words[start].Spoken.Start;
        var last = Words[end - 1].Spoken;
        return Text[from..(last.Start + last.Length)];
    }

    /// <summary>Whether the word was spoken with the ending of a plural.</summary>
    public bool IsPlural(int position)
    {
        var word = Words[position].Spoken;
        return word.Length > 1 && char.ToLowerInvariant(Text[word.Start + word.Length - 1]) == 's';
    }

    public static Utterance Read(string text, MenuIndex index)
    {
        var spoken = WordSplitter.Split(text);
        // Hesitation stands in the midst of names too.
        spoken.RemoveAll(word => FillerWords.IsHesitation(word.Stem) && index.Words.Find(word.Stem) == Vocabulary.None);
        var heard = new List<HeardWord>(spoken.Count + 4);
        for (var i = 0; i < spoken.Count; i++)
        {
            var next = i + 1 < spoken.Count && !spoken[i + 1].IsPause ? spoken[i + 1].Stem : null;
            Read(spoken[i], next, index.Words, heard);
        }
        return new Utterance(text, heard);
    }

    private static void Read(SpokenWord word, string? next, Vocabulary words, List<HeardWord> heard)
    {
        if (word.IsPause)
        {
            heard.Add(new HeardWord(word, Vocabulary.None, 1, Vocabulary.None, Vocabulary.None));
            return;
        }
        var joined = next is null ? Vocabulary.None : Joined(word.Stem, next, words);
        var id = words.Find(word.Stem);
        var variant = Variant(word.Stem, words);
        if (id != Vocabulary.None || !EnglishWords.IsContent(word.Stem) && variant == Vocabulary.None) heard.Add(new HeardWord(word, id, 1, joined, variant));
        else if (variant != Vocabulary.None) heard.Add(new HeardWord(word, variant, 1, joined, Vocabulary.None));
        else if (words.TrySplit(word.Stem, out var pair))
        {
            heard.Add(new HeardWord(word, pair.First, 1, Vocabulary.None, Vocabulary.None));
            heard.Add(new HeardWord(word, pair.Second, 1, Vocabulary.None, Vocabulary.None));
        }
        else if (FillerWords.IsOrdinary(word.Stem)) heard.Add(new HeardWord(word, Vocabulary.None, 1, joined, Vocabulary.None));
        else
        {
            var (nearest, quality) = words.FindNearest(word.Stem);
            heard.Add(new HeardWord(word, nearest, quality, joined, Vocabulary.None));
        }
    }

    /// <summary>"cheese burger" for "cheeseburger", "milk shake" for "shake".</summary>
    private static int Joined(string first, string second, Vocabulary words)
    {
        var joined = words.Find(first + second);
        return joined == Vocabulary.None && MenuSynonyms.OfPair(first, second) is { } same ? words.Find(same) : joined;
    }

    /// <summary>The menu's other form of a word: another word for it, "iced" for "ice", "roast" for "roasted".</summary>
    private static int Variant(string stem, Vocabulary words)
    {
        foreach (var same in MenuSynonyms.Of(stem))
            if (words.Find(same) is var id && id != Vocabulary.None) return id;
        if (EnglishWords.SizeWord(stem) is var size && size != stem && words.Find(size) is var sizeId && sizeId != Vocabulary.None) return sizeId;
        if (stem.Length < 3) return Vocabulary.None;
        if (stem[^1] == 'e' && words.Find(stem + "d") is var past && past != Vocabulary.None) return past;
        if (words.Find(stem + "ed") is var ed && ed != Vocabulary.None) return ed;
        if (!stem.EndsWith("ed", StringComparison.Ordinal) || stem.Length < 5) return Vocabulary.None;
        var bare = words.Find(stem[..^2]);
        return bare != Vocabulary.None ? bare : words.Find(stem[..^1]);
    }
}

/// <summary>A word of the caller beside the menu's words.</summary>
/// <param name="Spoken">The word.</param>
/// <param name="MenuWord">The same or nearest word of the menu, or <see cref="Vocabulary.None"/>.</param>
/// <param name="Quality">1 for the same spelling, less for a near one.</param>
/// <param name="JoinedWithNext">The menu word that this and the next word make together ("cheese burger"), or <see cref="Vocabulary.None"/>.</param>
/// <param name="Variant">A second menu word it may stand for, or <see cref="Vocabulary.None"/>.</param>
internal readonly record struct HeardWord(SpokenWord Spoken, int MenuWord, float Quality, int JoinedWithNext, int Variant)
{
    public string Stem => Spoken.Stem;
}
