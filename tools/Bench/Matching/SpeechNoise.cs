using System.Text;

namespace VoiceOrdering.Bench.Matching;

/// <summary>
/// What speech recognition makes of a sentence: words that sound alike, words lost, run together or cut in two, hesitation taken down, letters wrong. Made from
/// a seed and from the sentence alone, so that the same sentence is always spoiled in the same way. Knows English, no menu.
/// </summary>
internal sealed class SpeechNoise(int seed, double wordsSpoiled)
{
    private static readonly string[] s_hesitation = ["uh", "um", "er", "hmm", "like", "you know", "well"];

    // Each line: words that are said the same or almost the same.
    private static readonly string[][] s_alike =
    [
        ["to", "two", "too"], ["for", "four", "fore"], ["ate", "eight"], ["one", "won"], ["a", "uh"], ["an", "and", "in"], ["no", "know"], ["not", "knot"], ["with", "whiff"], ["of", "off"],
        ["their", "there"], ["i'd", "i", "eyed"], ["i'll", "aisle", "all"], ["can", "ken"], ["would", "wood"], ["some", "sum"], ["by", "buy"], ["right", "write"], ["want", "won't"], ["get", "git"],
        ["meat", "meet"], ["steak", "stake"], ["bean", "been"], ["leek", "leak"], ["flour", "flower"], ["thyme", "time"], ["pear", "pair"], ["roll", "role"], ["bread", "bred"], ["sauce", "source"],
        ["ice", "eyes"], ["cheese", "cheeses", "chees"], ["large", "lodge"], ["small", "smell"], ["light", "lite"], ["regular", "regula"], ["medium", "media"], ["tea", "tee"], ["mousse", "moose"], ["plain", "plane"],
        ["hold", "hauled"], ["side", "sighed"], ["please", "pleas"], ["three", "free"], ["six", "sicks"], ["ten", "tin"], ["whole", "hole"], ["peace", "piece"], ["mayo", "mail"], ["shake", "sheik"],
    ];

    // Letters that are mistaken for each other by ear.
    private static readonly string[] s_near = ["bp", "dt", "gk", "vf", "sz", "mn", "ie", "ao", "ou", "ck", "iy", "ae"];

    private static readonly Dictionary<string, string[]> s_homophones = s_alike.SelectMany(group => group.Select(word => (word, group))).ToDictionary(pair => pair.word, pair => pair.group, StringComparer.Ordinal);

    public string Spoil(string sentence)
    {
        var random = new Random(seed ^ Hash(sentence));
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var heard = new StringBuilder();
        for (var i = 0; i < words.Length; i++)
        {
            var isMerged = false;
            foreach (var word in random.NextDouble() < wordsSpoiled ? Spoil(words[i], random, out isMerged) : [words[i]])
                heard.Append(heard.Length == 0 || heard[^1] == ' ' || heard[^1] == '+' ? "" : " ").Append(word);
            if (isMerged && i + 1 < words.Length) heard.Append('+');
        }

        return heard.Replace("+", "").ToString().Trim();
    }

    private static string[] Spoil(string word, Random random, out bool isMerged)
    {
        isMerged = false;
        if (s_homophones.TryGetValue(word.ToLowerInvariant(), out var alike) && random.Next(3) > 0) return [alike[random.Next(alike.Length)]];
        switch (random.Next(20))
        {
            case < 3:
                return [];
            case < 6:
                isMerged = true;
                return [word];
            case < 8 when word.Length >= 6:
                var cut = random.Next(3, word.Length - 2);
                return [word[..cut], word[cut..]];
            case < 11:
                return [s_hesitation[random.Next(s_hesitation.Length)], word];
            default:
                return [Letters(word, random)];
        }
    }

    private static string Letters(string word, Random random)
    {
        if (word.Length < 3) return word;
        var at = random.Next(1, word.Length);
        var near = s_near.FirstOrDefault(pair => pair.Contains(char.ToLowerInvariant(word[at]), StringComparison.Ordinal));
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            2 when at + 1 < word.Length => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
            _ when near is not null => $"{word[..at]}{near[near[0] == char.ToLowerInvariant(word[at]) ? 1 : 0]}{word[(at + 1)..]}",
            _ => word.Remove(at, 1),
        };
    }

    // FNV-1a: the same on every machine and in every run.
    private static int Hash(string text) => unchecked((int)text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u));
}
