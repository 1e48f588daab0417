using System.Collections.Frozen;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>The words of an order that no menu lists: numbers, negation, connecting words and polite noise. Stems, as <see cref="WordSplitter"/> makes them.</summary>
internal static class EnglishWords
{
    /// <summary>Larger spoken numbers are no quantities.</summary>
    public const int LargestQuantity = 9_999;

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["a"] = 1, ["an"] = 1, ["one"] = 1, ["another"] = 1, ["single"] = 1, ["two"] = 2, ["couple"] = 2, ["pair"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5,
        ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["dozen"] = 12, ["thirteen"] = 13,
        ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Additive = FrozenSet.ToFrozenSet(
        ["with", "extra", "add", "plus", "including", "include", "put", "topped", "but"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Negators = FrozenSet.ToFrozenSet(
        ["no", "without", "hold", "skip", "minu", "minus", "except", "remove", "not", "non", "never", "avoid", "hate", "dont"], StringComparer.Ordinal);

    // "leave off the onions", "take out the pickles", "leave the onions off": the verb alone negates too.
    private static readonly FrozenSet<string> NegatingVerbs = FrozenSet.ToFrozenSet(["leave", "take"], StringComparer.Ordinal);
    private static readonly FrozenSet<string> NegatingParticles = FrozenSet.ToFrozenSet(["off", "out", "away"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Noise = FrozenSet.ToFrozenSet(
    [
        "i", "id", "ill", "im", "we", "wed", "well", "you", "me", "my", "us", "he", "she", "they", "would", "like", "love", "want", "wanna", "need", "take", "get", "got", "have", "having", "can",
        "could", "may", "might", "will", "shall", "should", "do", "does", "did", "be", "is", "are", "was", "let", "lets", "give", "bring", "make", "order", "ordering", "buy", "please", "thank", "thanks",
        "you", "the", "this", "that", "thats", "these", "those", "some", "any", "of", "to", "for", "in", "at", "from", "and", "or", "also", "then", "too", "as", "well", "just", "so", "ok", "okay",
        "yes", "yeah", "yep", "sure", "hi", "hello", "hey", "good", "morning", "evening", "afternoon", "uh", "um", "er", "hm", "hmm", "eh", "oh", "maybe", "actually", "really", "go", "going", "it",
        "its", "there", "here", "all", "thing", "else", "today", "now", "each", "every", "both", "more", "sir", "maam", "if", "possible", "side", "on", "try", "think", "guess", "kind", "sort", "size",
        "off", "out", "away", "leave", "x", "time", "how", "about", "what", "your", "our", "their", "am", "pm", "up", "down", "next", "first", "second", "last", "finally", "us", "piece", "slice", "bowl", "cup", "glass", "bottle", "portion", "serving",
        "gimme", "gonna", "grab", "great", "perfect", "awesome", "nice", "start", "begin", "kindly", "lastly", "hungry", "tonight", "alright", "right", "welcome", "bye", "goodbye",
    ], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> SizeSynonyms = new Dictionary<string, string>
    {
        ["big"] = "large", ["little"] = "small", ["normal"] = "regular", ["standard"] = "regular", ["med"] = "medium", ["mid"] = "medium",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryNumber(string stem, out int value)
    {
        if (Numbers.TryGetValue(stem, out value)) return true;
        var digits = stem.AsSpan().Trim('x');
        if (digits.Length is 0 or > 4 || !char.IsAsciiDigit(digits[0])) return false;
        return int.TryParse(digits, out value) && value is >= 0 and <= LargestQuantity;
    }

    public static bool IsArticle(string stem) => stem is "a" or "an";
    public static bool IsAdditive(string stem) => Additive.Contains(stem);
    public static bool IsNegatingVerb(string stem) => NegatingVerbs.Contains(stem);
    public static bool IsNegatingParticle(string stem) => NegatingParticles.Contains(stem);
    public static bool IsNegator(string stem) => Negators.Contains(stem);
    public static bool IsNoise(string stem) => Noise.Contains(stem);
    public static string SizeWord(string stem) => SizeSynonyms.GetValueOrDefault(stem, stem);

    /// <summary>Whether a word can carry meaning of its own, so that it may be compared with menu words by spelling.</summary>
    public static bool IsContent(string stem) =>
        stem.Length > 0 && !IsNoise(stem) && !IsAdditive(stem) && !IsNegator(stem) && !TryNumber(stem, out _);
}
