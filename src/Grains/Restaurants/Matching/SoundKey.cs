namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>A coarse key of how an English word sounds: words that a recogniser confuses share it ("pepperoni", "peporoni"; "sprite", "spright").</summary>
internal static class SoundKey
{
    private const int Longest = 24;

    /// <summary>The key, or an empty text for words too short to say anything by sound.</summary>
    public static string Of(string word)
    {
        Span<char> key = stackalloc char[Longest];
        var n = 0;
        for (var i = 0; i < word.Length && n < Longest; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            // "wrap", "knot": the first letter is silent.
            if (i == 0 && (word[0] == 'w' && next == 'r' || word[0] == 'k' && next == 'n')) continue;
            var sound = Sound(word[i], next, i == 0);
            if (sound == '\0' || n > 0 && key[n - 1] == sound) continue;
            key[n++] = sound;
            // The second letter of "ph", "gh", "sh", "ch", "th", "ck" is part of the first.
            if (next == 'h' && word[i] is 'p' or 'g' or 's' or 'c' or 't' || word[i] == 'c' && next == 'k') i++;
        }
        return n < 2 ? "" : new string(key[..n]);
    }

    private static char Sound(char letter, char next, bool first) => letter switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' or 'y' => first ? 'A' : '\0',
        'h' or 'w' => first ? letter : '\0',
        'p' when next == 'h' => 'f',
        'g' when next == 'h' => first ? 'k' : '\0',
        's' when next == 'h' => 'x',
        'c' when next == 'h' => 'x',
        't' when next == 'h' => '0',
        'c' => next is 'e' or 'i' or 'y' ? 's' : 'k',
        'g' => next is 'e' or 'i' or 'y' ? 'j' : 'k',
        'q' or 'k' => 'k',
        'v' => 'f',
        'z' or 's' => 's',
        'x' => 'k',
        'd' or 't' => 't',
        'b' or 'p' => 'p',
        'm' or 'n' => 'n',
        _ => letter,
    };
}
