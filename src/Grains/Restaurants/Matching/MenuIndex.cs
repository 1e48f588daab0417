using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Everything needed to understand words against one menu version. Built once per version, then read by any number of threads.</summary>
internal sealed class MenuIndex
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<IndexedItem> _items = [];
    private readonly TriePhrases _finder;
    private readonly Dictionary<string, string> _groupOfOption = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nameOfOption = new(StringComparer.Ordinal);
    private readonly HashSet<string> _categoryWords = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Category, int Word), int> _heads = [];

    private MenuIndex(MenuSnapshot snapshot)
    {
        Snapshot = snapshot;
        _finder = new TriePhrases(this);
    }

    public MenuSnapshot Snapshot { get; }
    public Vocabulary Words { get; } = new();
    public PhraseTrie Phrases { get; } = new();
    public IReadOnlyList<IndexedItem> Items => _items;

    public static MenuIndex Build(MenuSnapshot snapshot)
    {
        var index = new MenuIndex(snapshot);
        foreach (var category in snapshot.Menu.Categories)
        {
            foreach (var item in category.Items) index.AddItem(item, category);
            index._categoryWords.UnionWith(WordSplitter.Split(category.Name).Select(word => word.Stem).Where(EnglishWords.IsContent));
        }
        ShortForms.AddTo(index);
        index.Words.Freeze(index._items.Count);
        return index;
    }

    /// <summary>The item of this id with its category, or null.</summary>
    public IndexedItem? Find(string itemId) => _positions.TryGetValue(itemId, out var position) ? _items[position] : null;

    /// <summary>Understands a whole utterance.</summary>
    public ParsedOrder Parse(string text, double acceptAt) => Parse(text, acceptAt, _finder);

    /// <summary>The same with another way to find names.</summary>
    public ParsedOrder Parse(string text, double acceptAt, IPhraseFinder finder) => new OrderParser(this, Utterance.Read(text, this), finder).Parse(acceptAt);

    /// <summary>How well the caller's words fit an item, 0–1. Words that clearly name other items do not count for this one.</summary>
    public double ConfidenceOf(IndexedItem item, string heard)
    {
        var utterance = Utterance.Read(heard, this);
        var parser = new OrderParser(this, utterance, _finder);
        var parsed = parser.Parse(MatchThresholds.Accept);
        var best = 0.0;
        foreach (var line in parsed.Lines)
            if (line.ItemId == item.Item.Id) best = Math.Max(best, line.Confidence);
        return best > 0 ? best : Math.Round(ItemScores.Coverage(this, item, utterance, parser.ClaimedWords), 3);
    }

    /// <summary>What a wish about an item comes to ("no onions", "dressing on the side"), or null when the menu knows nothing of it.</summary>
    public SpokenWish? ReadWish(IndexedItem item, string words)
    {
        var utterance = Utterance.Read(words, this);
        return new WishReading(this, item, utterance).Read(Segmentation.Read(this, utterance, _finder));
    }

    /// <summary>Items somebody may have meant, best first.</summary>
    public Suggestion[] Suggest(string words, int count) => ItemScores.Suggest(this, Utterance.Read(words, this), count);

    /// <summary>What an option is called, by its first item; null when no item has it.</summary>
    public string? NameOfOption(string optionId) => _nameOfOption.GetValueOrDefault(optionId);

    /// <summary>The group that an option stands in, by its first item; null when no item has it.</summary>
    public string? GroupOf(string optionId) => _groupOfOption.GetValueOrDefault(optionId);

    /// <summary>Whether the word is what a category is called: "sub" in "turkey sub" where the item is "Turkey" under "Subs".</summary>
    public bool IsCategory(string stem) => _categoryWords.Contains(stem);

    /// <summary>Whether at least <paramref name="items"/> names of the category end in this word ("coffee" in "drip coffee", "iced coffee").</summary>
    public bool IsGeneric(MenuCategory category, int word, int items) => _heads.GetValueOrDefault((category.Id, word)) >= items;

    public int[] WordsOf(string phrase)
    {
        int[] words = [.. WordSplitter.Split(phrase).Where(word => !word.IsPause).Select(word => Words.Add(word.Stem))];
        for (var i = 1; i < words.Length; i++) Words.AddPair(words[i - 1], words[i]);
        return words;
    }

    private void AddItem(MenuItem item, MenuCategory category)
    {
        var position = _items.Count;
        var phrases = new List<int[]>();
        foreach (var phrase in item.Aliases.Prepend(item.Name).Concat(item.Spoken.Values.SelectMany(forms => forms)).SelectMany(SpokenForms))
        {
            var words = WordsOf(phrase);
            if (words.Length == 0) continue;
            phrases.Add(words);
            var meaning = Phrases.Add(words);
            if (!meaning.Items.Contains(position)) meaning.Items.Add(position);
            meaning.HasSingular |= !phrase.EndsWith('s');
        }
        foreach (var word in phrases.SelectMany(words => words).Distinct()) Words.CountItem(word);
        foreach (var size in item.Sizes)
            foreach (var phrase in size.Aliases.Prepend(size.Id).Prepend(size.Name))
                AddSize(phrase, size.Id);
        foreach (var head in phrases.Where(words => words.Length > 1).Select(words => words[^1]).Distinct()) _heads[(category.Id, head)] = _heads.GetValueOrDefault((category.Id, head)) + 1;
        foreach (var (group, option) in item.Groups.SelectMany(group => group.Options.Select(option => (group, option))))
        {
            _groupOfOption.TryAdd(option.Id, group.Id);
            _nameOfOption.TryAdd(option.Id, option.Name);
            AddOption(option.Name, option.Id, isName: true);
            foreach (var phrase in option.Aliases.Concat(option.Spoken.Values.SelectMany(forms => forms)).Concat(SpokenForms(option.Name).Skip(1)).SelectMany(SpokenForms)) AddOption(phrase, option.Id, isName: false);
        }
        _items.Add(new IndexedItem(item, category, position, [.. phrases]));
        _positions[item.Id] = position;
    }

    /// <summary>"mac &amp; cheese" is also said "mac and cheese", "mac n cheese" and "mac cheese".</summary>
    private static string[] SpokenForms(string phrase)
    {
        var joined = phrase.Replace("&", " and ", StringComparison.Ordinal).Replace(" n ", " and ", StringComparison.OrdinalIgnoreCase);
        return joined.Contains(" and ", StringComparison.OrdinalIgnoreCase)
            ? [phrase, joined, joined.Replace(" and ", " n ", StringComparison.OrdinalIgnoreCase), joined.Replace(" and ", " ", StringComparison.OrdinalIgnoreCase)]
            : [phrase];
    }

    private void AddSize(string phrase, string sizeId)
    {
        var words = WordsOf(phrase);
        if (words.Length == 0) return;
        var meaning = Phrases.Add(words);
        if (!meaning.SizeIds.Contains(sizeId)) meaning.SizeIds.Add(sizeId);
    }

    private void AddOption(string phrase, string optionId, bool isName)
    {
        var words = WordsOf(phrase);
        if (words.Length == 0) return;
        var meaning = Phrases.Add(words);
        if (!meaning.OptionIds.Contains(optionId)) meaning.OptionIds.Insert(isName ? meaning.NamedOptions++ : meaning.OptionIds.Count, optionId);
    }
}
