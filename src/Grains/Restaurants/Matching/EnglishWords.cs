using System.Collections.Frozen;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What can be said of a single English word, as <see cref="WordSplitter"/> stems it.</summary>
internal static class EnglishWords
{
    private static readonly FrozenDictionary<string, string> s_sizeSynonyms = new Dictionary<string, string>
    {
        ["big"] = "large",
        ["little"] = "small",
        ["normal"] = "regular",
        ["standard"] = "regular",
        ["med"] = "medium",
        ["mid"] = "medium",
        ["huge"] = "large",
        ["tiny"] = "small",
        ["lg"] = "large",
        ["sm"] = "small",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string SizeWord(string stem) => s_sizeSynonyms.GetValueOrDefault(stem, stem);

    /// <summary>Whether a word can carry meaning of its own, so that it may be compared with menu words by spelling.</summary>
    public static bool IsContent(string stem) => stem.Length > 0 && !CueTrie.English.Contains(stem) && !QuantityWords.TryDigits(stem, out _);
}
