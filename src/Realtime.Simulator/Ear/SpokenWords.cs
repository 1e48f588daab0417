using System.Globalization;
using VoiceOrdering.Realtime.Simulator.Agent;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Names as they are spoken: lower case, digits as words, no punctuation but the apostrophe; accents stay, they change the sound.</summary>
internal static class SpokenWords
{
    public static IEnumerable<string> Split(string phrase)
    {
        var word = new List<char>();
        foreach (var c in phrase.Replace("&", " and ", StringComparison.Ordinal).ToLowerInvariant().Append(' '))
        {
            var continues = char.IsLetterOrDigit(c) && (word.Count == 0 || char.IsDigit(word[^1]) == char.IsDigit(c));
            if (c is '\'' or '’' && word.Count > 0)
            {
                word.Add('\'');
                continue;
            }

            if (!continues && word.Count > 0)
            {
                foreach (var part in Write(new string([.. word])))
                {
                    yield return part;
                }

                word.Clear();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Add(c);
            }
        }
    }

    /// <summary>The name of several: "two colas", "two classic meals", but "two fries".</summary>
    public static string Plural(string name)
    {
        var last = name[(name.LastIndexOf(' ') + 1)..];
        if (IsPlural(name))
        {
            return name;
        }

        return last switch
        {
            _ when last.EndsWith('y') && last.Length > 1 && !"aeiou".Contains(last[^2], StringComparison.Ordinal) => name[..^1] + "ies",
            _ when last.EndsWith('s') || last.EndsWith('x') || last.EndsWith("ch", StringComparison.Ordinal) || last.EndsWith("sh", StringComparison.Ordinal) => name + "es",
            _ => name + "s",
        };
    }

    public static bool IsPlural(string name)
    {
        var last = name[(name.LastIndexOf(' ') + 1)..].ToLowerInvariant();
        return last.EndsWith('s') && !last.EndsWith("ss", StringComparison.Ordinal) && last.Length > 3;
    }

    private static string[] Write(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100
            ? NumberWords.Write(number).Split(' ')
            : [word.Trim('\'')];
}
