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

    public static Utterance Read(string text, MenuIndex index)
    {
        var spoken = WordSplitter.Split(text);
        var heard = new List<HeardWord>(spoken.Count + 4);
        for (var i = 0; i < spoken.Count; i++)
        {
            var word = spoken[i];
            var id = word.IsPause ? Vocabulary.None : index.Words.Find(word.Stem);
            var joinedWithNext = Vocabulary.None;
            if (!word.IsPause && i + 1 < spoken.Count && !spoken[i + 1].IsPause) joinedWithNext = index.Words.Find(word.Stem + spoken[i + 1].Stem);
            if (id != Vocabulary.None || !EnglishWords.IsContent(word.Stem))
            {
                heard.Add(new HeardWord(word, id, 1, joinedWithNext));
            }
            else if (EnglishWords.SizeWord(word.Stem) is var size && size != word.Stem && index.Words.Find(size) is var sizeId && sizeId != Vocabulary.None)
                heard.Add(new HeardWord(word, sizeId, 1, joinedWithNext));
            else if (index.Words.TrySplit(word.Stem, out var pair))
            {
                heard.Add(new HeardWord(word, pair.First, 1, Vocabulary.None));
                heard.Add(new HeardWord(word, pair.Second, 1, Vocabulary.None));
            }
            else
            {
                var (nearest, quality) = index.Words.FindNearest(word.Stem);
                heard.Add(new HeardWord(word, nearest, quality, joinedWithNext));
            }
        }
        return new Utterance(text, heard);
    }
}

/// <summary>A word of the caller beside the menu's words.</summary>
/// <param name="Spoken">The word.</param>
/// <param name="MenuWord">The same or nearest word of the menu, or <see cref="Vocabulary.None"/>.</param>
/// <param name="Quality">1 for the same spelling, less for a near one.</param>
/// <param name="JoinedWithNext">The menu word that this and the next word make together ("cheese burger"), or <see cref="Vocabulary.None"/>.</param>
internal readonly record struct HeardWord(SpokenWord Spoken, int MenuWord, float Quality, int JoinedWithNext)
{
    public string Stem => Spoken.Stem;
}
