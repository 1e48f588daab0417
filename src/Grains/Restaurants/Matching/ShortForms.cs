using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>
/// Names that people shorten: the word that the options of a group share is left out ("caramel" for "caramel syrup" where there is a "vanilla syrup" too),
/// "size" after a size, the last word of the only option that ends in it ("beans" for "black beans"). Only what then still names one thing.
/// </summary>
internal static class ShortForms
{
    private const int Shared = 2;

    public static void AddTo(MenuIndex index)
    {
        foreach (var group in index.Items.SelectMany(item => item.Item.Groups).DistinctBy(group => group.Id + string.Join('\n', group.Options.Select(option => option.Id)))) AddOptions(index, group);
        AddLastWords(index);
        foreach (var size in index.Items.SelectMany(item => item.Item.Sizes).DistinctBy(size => (size.Id, size.Name))) AddSize(index, size);
    }

    private static void AddOptions(MenuIndex index, OptionGroup group)
    {
        var names = group.Options.SelectMany(option => option.Aliases.Prepend(option.Name).Select(name => (option.Id, Words: index.WordsOf(name)))).Where(name => name.Words.Length > 1).ToList();
        var heads = names.Select(name => (name.Id, Head: name.Words[^1])).Distinct().GroupBy(name => name.Head).Where(head => head.Count() >= Shared).Select(head => head.Key).ToHashSet();
        foreach (var shorter in names.Where(name => heads.Contains(name.Words[^1])).Select(name => (name.Id, Words: name.Words[..^1])).GroupBy(name => string.Join(' ', name.Words)))
        {
            if (shorter.Select(name => name.Id).Distinct().Count() > 1) continue;
            var (id, words) = shorter.First();
            // "extra shot", "plain syrup": what is left is ordinary talk.
            if (!EnglishWords.IsContent(index.Words.TextOf(words[^1]))) continue;
            if (index.Phrases.Find(words) is { } taken && (taken.Items.Count > 0 || taken.OptionIds.Count > 0 || taken.SizeIds.Count > 0)) continue;
            index.Phrases.Add(words).OptionIds.Add(id);
        }
    }

    private static void AddLastWords(MenuIndex index)
    {
        var options = index.Items.SelectMany(item => item.Item.Groups).SelectMany(group => group.Options).SelectMany(option => option.Aliases.Prepend(option.Name).Select(name => (option.Id, Words: index.WordsOf(name))));
        foreach (var last in options.Where(name => name.Words.Length > 1).DistinctBy(name => (name.Id, name.Words[^1])).GroupBy(name => name.Words[^1]).ToList())
        {
            if (last.Select(name => name.Id).Distinct().Count() > 1 || !EnglishWords.IsContent(index.Words.TextOf(last.Key)) || index.Phrases.Find([last.Key]) is not null) continue;
            // Also a word that ends an item's name says too little.
            if (index.Items.Any(item => item.Phrases.Any(words => words[^1] == last.Key))) continue;
            index.Phrases.Add([last.Key]).OptionIds.Add(last.First().Id);
        }
    }

    private static void AddSize(MenuIndex index, MenuSize size)
    {
        var words = index.WordsOf(size.Name);
        if (words.Length < 2 || size.Name.Split(' ', '-')[^1].ToLowerInvariant() is not ("size" or "sized")) return;
        var meaning = index.Phrases.Add(words.AsSpan(0, words.Length - 1));
        if (meaning is { Items.Count: 0, OptionIds.Count: 0, SizeIds.Count: 0 }) meaning.SizeIds.Add(size.Id);
    }
}
