namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Every name of a menu as word stems, so that the longest name that starts at a word of a sentence can be found.</summary>
internal sealed class MenuLexicon
{
    private const char Joint = ' ';
    private readonly Dictionary<string, List<MenuItem>> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MenuItem>> _itemParts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MenuItem>> _itemTails = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _optionParts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    public MenuLexicon(Menu menu)
    {
        Menu = menu;
        foreach (var item in menu.Items)
        {
            foreach (var name in item.Aliases.Prepend(item.Name))
            {
                var stems = Tokens.Stems(name);
                Add(_items, string.Join(Joint, stems), item);
                AddParts(stems, part => Add(_itemParts, part, item));
                AddParts(stems, part => AddTail(stems, part, item));
            }

            foreach (var size in item.Sizes)
            {
                var stems = Tokens.Stems(size.Name);
                AddId(_sizes, string.Join(Joint, stems), size.Id);
                AddParts(stems, part => AddSizePart(item, part, size.Id));
            }

            foreach (var option in item.Groups.SelectMany(group => group.Options))
            {
                var stems = Tokens.Stems(option.Name);
                AddId(_options, string.Join(Joint, stems), option.Id);
                AddParts(stems, part => AddId(_optionParts, part, option.Id));
            }
        }

        foreach (var phrase in _items.Keys.Concat(_options.Keys).Concat(_sizes.Keys))
        {
            LongestPhrase = Math.Max(LongestPhrase, phrase.Count(c => c == Joint) + 1);
            _words.UnionWith(phrase.Split(Joint));
        }
    }

    public Menu Menu { get; }

    public int LongestPhrase { get; }

    public IReadOnlySet<string> Words => _words;

    public Element? FindWhole(string phrase, int first, int length)
    {
        var items = _items.GetValueOrDefault(phrase);
        var options = _options.GetValueOrDefault(phrase);
        var sizes = _sizes.GetValueOrDefault(phrase);
        return items is null && options is null && sizes is null ? null : Read(new Element(first, length), items, options, sizes) with { NamesItemFully = items is not null };
    }

    public Element? FindPart(string phrase, int first, int length)
    {
        // "burger" is any item that is a burger, and a burger meal only when there is no such item.
        var items = _itemTails.GetValueOrDefault(phrase) ?? _itemParts.GetValueOrDefault(phrase);
        var options = _optionParts.GetValueOrDefault(phrase);
        return items is null && options is null ? null : Read(new Element(first, length), items, options, null);
    }

    private static Element Read(Element element, List<MenuItem>? items, HashSet<string>? options, HashSet<string>? sizes)
    {
        element = items is null ? element : element with { Items = items };
        element = options is null ? element : element with { OptionIds = options };
        return sizes is null ? element : element with { SizeIds = sizes };
    }

    /// <summary>Every shorter run of a name's words that says something: "margherita" of a pizza, but not "of the".</summary>
    private static void AddParts(string[] stems, Action<string> add)
    {
        for (var length = 1; length < stems.Length; length++)
        {
            for (var first = 0; first + length <= stems.Length; first++)
            {
                var part = stems.AsSpan(first, length);
                if (!IsEmpty(part[0]) && !IsEmpty(part[^1]))
                {
                    add(string.Join(Joint, part!));
                }
            }
        }
    }

    private void AddTail(string[] stems, string part, MenuItem item)
    {
        var words = part.Split(Joint);
        if (stems.AsSpan(stems.Length - words.Length).SequenceEqual(words))
        {
            Add(_itemTails, part, item);
        }
    }

    /// <summary>A part of a size's name counts when it tells the sizes of its item apart and is not a bare number.</summary>
    private void AddSizePart(MenuItem item, string part, string sizeId)
    {
        var isNumber = NumberWords.Read([new Token(part, part, 0, 0)], 0).Length > 0;
        var isShared = item.Sizes.Count(size => Tokens.Stems(size.Name).Intersect(part.Split(Joint)).Any()) > 1;
        if (!isNumber && !isShared)
        {
            AddId(_sizes, part, sizeId);
        }
    }

    private static bool IsEmpty(string stem) =>
        stem is "and" or "the" or "a" or "an" or "in" or "on" or "or" || CuePhrases.Fillers.Contains(stem);

    private static void Add(Dictionary<string, List<MenuItem>> index, string phrase, MenuItem item)
    {
        if (!index.TryGetValue(phrase, out var items))
        {
            index[phrase] = items = [];
        }

        if (!items.Contains(item))
        {
            items.Add(item);
        }
    }

    private static void AddId(Dictionary<string, HashSet<string>> index, string phrase, string id)
    {
        if (phrase.Length == 0)
        {
            return;
        }

        if (!index.TryGetValue(phrase, out var ids))
        {
            index[phrase] = ids = new HashSet<string>(StringComparer.Ordinal);
        }

        ids.Add(id);
    }
}
