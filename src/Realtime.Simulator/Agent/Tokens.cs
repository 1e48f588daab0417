using System.Globalization;
using System.Text;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Cuts text into canonical words, so that menu names, typed turns and heard turns are compared in one form.</summary>
internal static class Tokens
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyy";

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var word = new StringBuilder();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? Fold(text[i]) : ' ';
            var continues = char.IsLetterOrDigit(c) && (word.Length == 0 || char.IsDigit(word[^1]) == char.IsDigit(c));
            if (c is '\'' or '’' or '`' && word.Length > 0)
            {
                continue;
            }

            if (word.Length > 0 && !continues)
            {
                Append(tokens, word.ToString(), start, i);
                word.Clear();
            }

            if (char.IsLetterOrDigit(c))
            {
                start = word.Length == 0 ? i : start;
                word.Append(c);
            }
            else if (c == '&')
            {
                Append(tokens, "and", i, i + 1);
            }
        }

        return tokens;
    }

    public static string[] Stems(string text) => [.. Read(text).Select(token => token.Stem)];

    private static void Append(List<Token> tokens, string word, int start, int end)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100)
        {
            foreach (var part in NumberWords.Write(number).Split(' '))
            {
                tokens.Add(new Token(part, part, start, end));
            }

            return;
        }

        tokens.Add(new Token(word, Stem(word), start, end));
    }

    private static char Fold(char c)
    {
        var lower = char.ToLowerInvariant(c);
        var index = Accented.IndexOf(lower, StringComparison.Ordinal);
        return index < 0 ? lower : Plain[index];
    }

    /// <summary>Drops a plural ending; both sides of a comparison are folded alike, so the result need not be a word.</summary>
    public static string Stem(string word)
    {
        if (word.Length < 4 || word.EndsWith("ss", StringComparison.Ordinal))
        {
            return word;
        }

        var stem = word switch
        {
            // "pies" and "ties" are the plurals of words too short to be folded.
            { Length: 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..3],
            _ when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            _ when EndsWithAny(word, "ches", "shes", "sses", "xes", "zzes", "oes") => word[..^2],
            _ when word[^1] == 's' => word[..^1],
            _ => word,
        };
        return stem.Length > 3 && stem.EndsWith("ie", StringComparison.Ordinal) ? stem[..^2] + "y" : stem;
    }

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
