namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Cuts text into comparable words; the menu and the caller go through the same cut, so only its consistency matters.</summary>
internal static class WordSplitter
{
    public static List<SpokenWord> Split(ReadOnlySpan<char> text)
    {
        var words = new List<SpokenWord>(16);
        Span<char> letters = stackalloc char[48];
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (!char.IsLetterOrDigit(c))
            {
                // A point between digits is no pause; everything else that ends a clause is one.
                if (c is ',' or ';' or ':' or '?' or '!' or '\n' or '.' && words.Count > 0 && !words[^1].IsPause) words.Add(new SpokenWord("", i, 1));
                i++;
                continue;
            }
            var start = i;
            var length = 0;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '\'' or '’'))
            {
                if (char.IsLetterOrDigit(text[i]) && length < letters.Length) letters[length++] = Fold(text[i]);
                i++;
            }
            words.Add(new SpokenWord(Stem(letters[..length]), start, i - start));
        }
        return words;
    }

    /// <summary>Takes a plural ending off. Wrong English for rare words, but the same for menu and caller.</summary>
    internal static string Stem(ReadOnlySpan<char> word)
    {
        var n = word.Length;
        // "brownie" and "brownies" meet in "browny", as "berry" and "berries" do in "berry".
        if (n > 4 && word.EndsWith("ie")) return string.Concat(word[..(n - 2)], "y");
        if (n < 4 || word[n - 1] != 's' || word[n - 2] is 's' or 'u' or 'i') return new string(word);
        if (word.EndsWith("ies")) return n > 4 ? string.Concat(word[..(n - 3)], "y") : new string(word[..(n - 1)]);
        if (word.EndsWith("oes") || word.EndsWith("ches") || word.EndsWith("shes") || word.EndsWith("sses") || word.EndsWith("xes"))
            return new string(word[..(n - 2)]);
        return new string(word[..(n - 1)]);
    }

    private static char Fold(char c) => char.ToLowerInvariant(c) switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => 'a',
        'è' or 'é' or 'ê' or 'ë' => 'e',
        'ì' or 'í' or 'î' or 'ï' => 'i',
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' => 'o',
        'ù' or 'ú' or 'û' or 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        var other => other,
    };
}
