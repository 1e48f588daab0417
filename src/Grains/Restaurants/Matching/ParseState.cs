using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What is known while an utterance is read: the lines so far, what waits for an item, and how the last words bind the next.</summary>
internal sealed class ParseState(MenuIndex index, Utterance utterance, SegmentReader reader, bool[] claimed)
{
    private const int Suggestions = 3;
    private readonly bool[] _explained = new bool[claimed.Length];

    public MenuIndex Index => index;
    public Utterance Utterance => utterance;
    public SegmentReader Reader => reader;
    public LineSheet Sheet { get; } = new();
    public Denial Denial { get; } = new();
    public Waiting Waiting { get; } = new();
    public List<UnmatchedWords> Unmatched { get; } = [];

    /// <summary><see cref="CueKind.Correction"/> or <see cref="CueKind.Afterthought"/> while what follows may take something back.</summary>
    public CueKind? Revision { get; set; }

    /// <summary>Whether a "with" has opened a list of options.</summary>
    public bool IsListing { get; set; }

    /// <summary>What the next "for" does: <c>true</c> when what follows is left off, <c>false</c> when it is wanted again; null outside an exchange.</summary>
    public bool? IsGivenUpNext { get; set; }

    /// <summary>Whether an "and" stood right before.</summary>
    public bool IsJoined { get; set; }

    /// <summary>How much of the next option.</summary>
    public string? Amount { get; set; }

    /// <summary>An item was named: nothing of the words before binds what follows.</summary>
    public void EndPhrase() => (IsListing, IsJoined, Amount, Revision, IsGivenUpNext) = (false, false, null, null, null);

    public List<string> OptionsAt(int place) => reader.All[place].Match.Meaning.OptionIds;

    /// <summary>Whether one of the option's names begins with the words of a segment and goes on.</summary>
    public bool Begins(MenuOption option, Segment segment)
    {
        foreach (var name in option.Aliases.Prepend(option.Name))
        {
            var words = WordSplitter.Split(name);
            if (words.Count <= segment.End - segment.Start) continue;
            var isSame = true;
            for (var i = segment.Start; i < segment.End && isSame; i++) isSame = index.Words.Find(words[i - segment.Start].Stem) == utterance.Words[i].MenuWord;
            if (isSame) return true;
        }
        return false;
    }

    public void AddUnmatched(int start, int end)
    {
        var text = utterance.TextOf(start, end);
        Unmatched.Add(new UnmatchedWords(text, index.Suggest(text, Suggestions)));
    }

    /// <summary>The segments from <paramref name="from"/> to before <paramref name="to"/> clearly named something of the menu.</summary>
    public void Claim(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (reader.All[i].Kind == SegmentKind.Menu) claimed.AsSpan(reader.All[i].Start, reader.All[i].End - reader.All[i].Start).Fill(true);
    }

    /// <summary>The words from <paramref name="start"/> to before <paramref name="end"/> took part in what was understood without naming it outright.</summary>
    public void Explain(int start, int end) => _explained.AsSpan(start, end - start).Fill(true);

    /// <summary>Whether a word took part in what was understood.</summary>
    public bool IsExplained(int word) => claimed[word] || _explained[word];
}
