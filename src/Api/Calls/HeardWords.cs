namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Says which words of a spoken item were heard when its playout stopped. The provider gives no word times, so two estimates are
/// made and the later one counts, because a word that is written down must really have been heard:
/// (1) proportional: the item's audio is shared out among its words by letters, with a pause after punctuation;
/// (2) announced: a word cannot have been spoken in audio that was received before the word was announced.
/// A word counts only when it was spoken to its end.
/// </summary>
internal static class HeardWords
{
    /// <summary>Time of one letter when nothing better is known, in milliseconds (about 150 words a minute).</summary>
    public const double TypicalLetterMs = 65;

    private const double PauseAfterSentence = 5;
    private const double PauseAfterClause = 3;
    private const double PauseBetweenWords = 0.5;

    /// <summary>Length of a text in letter times, pauses included.</summary>
    public static double Weigh(ReadOnlySpan<char> text)
    {
        double weight = 0;
        foreach (char character in text)
        {
            weight += WeightOf(character);
        }

        return weight;
    }

    /// <summary>The words heard after <paramref name="playedMs"/> of an item that lasts <paramref name="totalMs"/>.</summary>
    public static string Until(SpokenWords words, double playedMs, double totalMs)
    {
        string text = words.Text;
        if (playedMs <= 0 || totalMs <= 0 || text.Length == 0)
        {
            return string.Empty;
        }

        if (playedMs >= totalMs)
        {
            return text.Trim();
        }

        double msPerWeight = totalMs / Math.Max(Weigh(text), 1);
        double passed = 0;
        int heardEnd = 0;
        for (int index = 0; index < text.Length; index++)
        {
            passed += WeightOf(text[index]);
            if (!IsWordEnd(text, index))
            {
                continue;
            }

            double endsMs = Math.Max(passed * msPerWeight, words.AnnouncedMs(index));
            if (endsMs > playedMs)
            {
                break;
            }

            heardEnd = index + 1;
        }

        // Punctuation right behind the last heard word costs nothing to hear.
        while (heardEnd > 0 && heardEnd < text.Length && char.IsPunctuation(text[heardEnd]))
        {
            heardEnd++;
        }

        return text[..heardEnd].Trim();
    }

    private static bool IsWordEnd(string text, int index)
    {
        char character = text[index];
        if (!char.IsLetterOrDigit(character))
        {
            return false;
        }

        // Scripts without spaces (Chinese, Japanese, Thai …) end a word at every character.
        return IsUnspaced(character) || index + 1 == text.Length
            || (!char.IsLetterOrDigit(text[index + 1]) && !(text[index + 1] is '\'' or '’' or '-' or '.' && index + 2 < text.Length && char.IsLetterOrDigit(text[index + 2])));
    }

    private static bool IsUnspaced(char character) => character is >= '\u0E00' and <= '\u0E7F' or >= '\u2E80' and <= '\uD7FF';

    private static double WeightOf(char character) => character switch
    {
        '.' or '!' or '?' or '。' or '！' or '？' => PauseAfterSentence,
        ',' or ';' or ':' or '、' or '，' => PauseAfterClause,
        _ when char.IsWhiteSpace(character) => PauseBetweenWords,
        _ when IsUnspaced(character) => 3,
        _ => 1,
    };
}
