namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Splits a sentence into <see cref="Element"/>s: the longest known phrase at each word wins, the menu before the cues before numbers.</summary>
internal sealed class Tagger
{
    private static readonly Dictionary<string, Cue> Cues = BuildCues();
    private static readonly int LongestCue = Cues.Keys.Max(phrase => phrase.Count(c => c == ' ') + 1);
    private readonly MenuLexicon _lexicon;
    private readonly Spelling _spelling;

    public Tagger(MenuLexicon lexicon)
    {
        _lexicon = lexicon;
        _spelling = new Spelling(lexicon);
    }

    /// <param name="text">The sentence.</param>
    /// <param name="asked">The item whose missing choice was asked for last, or null.</param>
    public (List<Token> Tokens, List<Element> Elements) Read(string text, MenuItem? asked)
    {
        var tokens = _spelling.Correct(Tokens.Read(text));
        var elements = new List<Element>();
        var at = 0;
        while (at < tokens.Count)
        {
            var element = ReadAt(tokens, at);
            element = IsOffered(element, elements, asked) ? element : FindSizeOfItem(tokens, element) ?? element;
            elements.Add(element);
            at = element.End;
        }

        return (tokens, elements);
    }

    private Element ReadAt(List<Token> tokens, int at)
    {
        var whole = FindLongest(tokens, at, _lexicon.LongestPhrase, (t, length) => _lexicon.FindWhole(Join(t, at, length, StemOf), at, length));
        var cue = FindLongest(tokens, at, LongestCue, (t, length) => Cues.TryGetValue(Join(t, at, length, WordOf), out var found) ? new Element(at, length) { Cue = found } : null);
        var (value, numberLength) = NumberWords.Read(tokens, at);
        var number = numberLength == 0 ? null : new Element(at, numberLength) { Number = value, IsArticle = tokens[at].Word is "a" or "an" && numberLength == 1 };
        var best = Longest(Longest(whole, cue), number);
        if (best is not null && best == whole)
        {
            return best;
        }

        var isFiller = CuePhrases.Fillers.Contains(tokens[at].Word);
        var part = isFiller && best is null
            ? null
            : FindLongest(tokens, at, _lexicon.LongestPhrase, (t, length) => _lexicon.FindPart(Join(t, at, length, StemOf), at, length));
        return Longest(best, part) ?? new Element(at, 1) { Cue = isFiller ? Cue.Filler : null };
    }

    /// <summary>Whether an option can be meant here: an item named before it, or the one asked about, has it.</summary>
    private static bool IsOffered(Element element, List<Element> before, MenuItem? asked) =>
        !element.IsOption || element.IsItem || element.IsSize
        || before.SelectMany(other => other.Items).Append(asked).Any(item => item is not null && item.Groups.SelectMany(group => group.Options).Any(option => element.OptionIds.Contains(option.Id)));

    /// <summary>"large margherita" is a choice of a deal, and without the deal a margherita in its large size: the size, when the words are one in front of an item that has it.</summary>
    private Element? FindSizeOfItem(List<Token> tokens, Element option)
    {
        for (var length = 1; length < option.Length; length++)
        {
            var size = _lexicon.FindWhole(Join(tokens, option.First, length, StemOf), option.First, length);
            var item = _lexicon.FindWhole(Join(tokens, option.First + length, option.Length - length, StemOf), option.First + length, option.Length - length);
            if (size is { IsSize: true } && item is { IsItem: true } && item.Items.Any(i => i.Sizes.Any(s => size.SizeIds.Contains(s.Id))))
            {
                return size;
            }
        }

        return null;
    }

    private static Element? FindLongest(List<Token> tokens, int at, int longest, Func<List<Token>, int, Element?> find)
    {
        for (var length = Math.Min(longest, tokens.Count - at); length > 0; length--)
        {
            if (find(tokens, length) is { } element)
            {
                return element;
            }
        }

        return null;
    }

    private static Element? Longest(Element? preferred, Element? other) =>
        preferred is null || (other is not null && other.Length > preferred.Length) ? other : preferred;

    private static string StemOf(Token token) => token.Stem;

    private static string WordOf(Token token) => token.Word;

    private static string Join(List<Token> tokens, int first, int length, Func<Token, string> part) =>
        length == 1 ? part(tokens[first]) : string.Join(' ', tokens.GetRange(first, length).Select(part));

    private static Dictionary<string, Cue> BuildCues()
    {
        var cues = new Dictionary<string, Cue>(StringComparer.Ordinal);
        foreach (var (cue, phrases) in CuePhrases.Table)
        {
            foreach (var phrase in phrases)
            {
                cues[phrase] = cue;
            }
        }

        return cues;
    }
}
