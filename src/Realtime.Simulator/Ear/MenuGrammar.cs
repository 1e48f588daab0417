using VoiceOrdering.Realtime.Simulator.Agent;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>
/// Generates the sayable sentences of a menu. Kept natural on purpose ("a cola", "an iced tea", "two colas", options only where the item
/// has them): every sentence nobody says is one more to mistake a caller for.
/// </summary>
internal sealed class MenuGrammar
{
    /// <summary>Other names of an item that can be heard; all of them can be typed.</summary>
    private const int MaxAliases = 2;

    private static readonly string[] Openings = ["i'd like", "can i get", "can i have", "i'll have", "i want", "give me", "could i have", "i would like", "add"];
    private static readonly string[] Counts = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    private static readonly string[] Controls =
    [
        "that's all", "that's it", "that is all", "that will be all", "no that's all", "no thanks", "no thank you", "i'm done", "nothing else",
        "yes", "yes please", "yeah", "okay", "that's correct", "yes that's correct", "that's right", "place the order", "yes place the order", "place my order", "submit the order", "yes confirm", "confirm",
        "no", "nope", "another one", "one more", "remove that", "cancel that", "remove it", "start over", "cancel my order", "remove everything",
        "what's in my cart", "what's in my order", "what's my order", "read my order", "what's the total", "what's my total",
        "hello", "hi", "help", "repeat that", "say that again", "goodbye", "bye", "thank you goodbye",
    ];

    private readonly GrammarBuilder _builder = new();
    private readonly List<Chain> _itemStarts = [];
    private readonly List<Chain> _itemEnds = [];
    private readonly Dictionary<string, List<Chain>> _modifiers = new(StringComparer.Ordinal);
    private readonly Chain _and;
    private readonly Menu _menu;

    private MenuGrammar(Menu menu)
    {
        _menu = menu;
        _and = _builder.Add("and", NodeKind.Joint);
    }

    public static Grammar Build(Menu menu)
    {
        var grammar = new MenuGrammar(menu);
        grammar.AddItems();
        grammar.AddOrders();
        grammar.AddOptions();
        grammar.AddCorrections();
        var controls = grammar._builder.AddAll(Controls, NodeKind.Control);
        grammar._builder.Start(controls);
        grammar._builder.End(controls);
        return grammar._builder.Build();
    }

    private void AddItems()
    {
        var a = _builder.Add("a", NodeKind.Count);
        var an = _builder.Add("an", NodeKind.Count);
        List<Chain> ones = [_builder.Add("one", NodeKind.Count), _builder.Add("another", NodeKind.Count)];
        var counts = _builder.AddAll(Counts, NodeKind.Count);
        var singulars = new Dictionary<MenuItem, List<Chain>>();
        var plurals = new Dictionary<MenuItem, List<Chain>>();
        foreach (var item in _menu.Items)
        {
            var names = item.Aliases.Take(MaxAliases).Prepend(item.Name).Where(name => SpokenWords.Split(name).Any()).Select(name => string.Join(' ', SpokenWords.Split(name))).Distinct().ToList();
            singulars[item] = _builder.AddAll(names, NodeKind.Name);
            plurals[item] = [.. names.Select((name, i) => SpokenWords.IsPlural(name) ? singulars[item][i] : _builder.Add(SpokenWords.Plural(name), NodeKind.Name))];
            var (countable, _) = (singulars[item].Where((_, i) => !SpokenWords.IsPlural(names[i])).ToList(), 0);
            JoinArticle(a, an, countable);
            _builder.Join(ones, countable);
            _builder.Join(counts, plurals[item]);
            _itemStarts.AddRange(singulars[item]);
            List<Chain> ends = [.. singulars[item], .. plurals[item]];
            _itemEnds.AddRange(ends);
            if (item.Groups.Count > 0)
            {
                _builder.Join(ends, ModifiersOf(item));
            }
        }

        foreach (var size in _menu.Items.SelectMany(item => item.Sizes).Select(size => string.Join(' ', SpokenWords.Split(size.Name))).Where(name => name.Length > 0).Distinct())
        {
            var items = _menu.Items.Where(item => item.Sizes.Any(each => string.Join(' ', SpokenWords.Split(each.Name)) == size)).ToList();
            var one = _builder.Add(size, NodeKind.Size);
            var several = _builder.Add(size, NodeKind.Size);
            _builder.Join([one], items.SelectMany(item => singulars[item]));
            _builder.Join([several], items.SelectMany(item => plurals[item]));
            JoinArticle(a, an, [one]);
            _builder.Join(ones, [one]);
            _builder.Join(counts, [several]);
            _itemStarts.Add(one);
        }

        _itemStarts.AddRange([a, an, .. ones, .. counts]);
    }

    private void AddOrders()
    {
        var openings = _builder.AddAll(Openings, NodeKind.Opening);
        var please = _builder.Add("please", NodeKind.Ending);
        var done = _builder.AddAll(["that's all", "that's it"], NodeKind.Ending);
        _builder.Join(openings, _itemStarts);
        _builder.Start(openings);
        _builder.Start(_itemStarts);
        _builder.Join(_itemEnds, [_and, please]);
        _builder.Join([_and], [.. _itemStarts, .. done]);
        _builder.End([.. _itemEnds, please, .. done]);
    }

    /// <summary>What may follow an item: the chains "with", "without"; items with the same options share them.</summary>
    private List<Chain> ModifiersOf(MenuItem item)
    {
        var added = item.Groups.SelectMany(group => group.Options.Where(option => !option.IsDefault || group.Min > 0)).Select(option => Spoken(option.Name)).Where(name => name.Length > 0).Distinct().ToList();
        var left = item.Groups.Where(group => group.Min == 0).SelectMany(group => group.Options).Where(option => option.IsDefault).Select(option => Spoken(option.Name)).Where(name => name.Length > 0).Distinct().ToList();
        var chosen = item.Groups.Where(group => group.Min > 0).SelectMany(group => group.Options).Select(option => Spoken(option.Name)).ToHashSet();
        var key = string.Join('|', added) + "//" + string.Join('|', left);
        if (_modifiers.TryGetValue(key, out var known))
        {
            return known;
        }

        var starts = new List<Chain>();
        var with = _builder.Add("with", NodeKind.Joint);
        var and = _builder.Add("and", NodeKind.Joint);
        var additions = _builder.AddAll(added, NodeKind.Option);
        starts.Add(with);
        _builder.Join([with], additions);
        _builder.Join(additions, [and]);
        _builder.Join([and], additions);
        if (chosen.Count > 0)
        {
            var (a, an) = (_builder.Add("a", NodeKind.Joint), _builder.Add("an", NodeKind.Joint));
            _builder.Join(with, a);
            _builder.Join(with, an);
            JoinArticle(a, an, additions.Where((_, i) => chosen.Contains(added[i])));
        }

        if (left.Count > 0)
        {
            var (no, without, or) = (_builder.Add("no", NodeKind.Joint), _builder.Add("without", NodeKind.Joint), _builder.Add("or", NodeKind.Joint));
            var andNo = _builder.Add("and no", NodeKind.Joint);
            var omissions = _builder.AddAll(left, NodeKind.Option);
            starts.Add(without);
            _builder.Join([with, and], [no]);
            _builder.Join([no, without, andNo, or], omissions);
            _builder.Join(omissions, [andNo, or]);
            _itemEnds.AddRange(omissions);
        }

        _itemEnds.AddRange(additions);
        return _modifiers[key] = starts;
    }

    /// <summary>Options and sizes on their own: answers to the agent's questions, and changes of the last line.</summary>
    private void AddOptions()
    {
        var options = _menu.Items.SelectMany(item => item.Groups).SelectMany(group => group.Options).Select(option => Spoken(option.Name)).Where(name => name.Length > 0).Distinct().ToList();
        var sizes = _menu.Items.SelectMany(item => item.Sizes).Select(size => Spoken(size.Name)).Where(name => name.Length > 0).Distinct().ToList();
        if (options.Count > 0)
        {
            var leads = _builder.AddAll(["no", "add", "with", "without", "the"], NodeKind.Opening);
            var chains = _builder.AddAll(options, NodeKind.Option);
            var please = _builder.Add("please", NodeKind.Ending);
            _builder.Join(leads, chains);
            _builder.Join(chains, [please]);
            _builder.Start([.. leads, .. chains]);
            _builder.End([.. chains, please]);
        }

        if (sizes.Count > 0)
        {
            var (a, an, the) = (_builder.Add("a", NodeKind.Opening), _builder.Add("an", NodeKind.Opening), _builder.Add("the", NodeKind.Opening));
            var leads = _builder.AddAll(["make it", "make that", "actually", "actually make that"], NodeKind.Opening);
            var chains = _builder.AddAll(sizes, NodeKind.Size);
            var endings = _builder.AddAll(["please", "one"], NodeKind.Ending);
            JoinArticle(a, an, chains);
            _builder.Join([the, .. leads], chains);
            _builder.Join(leads, [a, an]);
            _builder.Join(chains, endings);
            _builder.Start([a, an, the, .. leads, .. chains]);
            _builder.End([.. chains, .. endings]);
        }
    }

    private void AddCorrections()
    {
        var leads = _builder.AddAll(["make that", "make it", "actually make that"], NodeKind.Opening);
        var counts = _builder.AddAll(Counts, NodeKind.Count);
        _builder.Join(leads, counts);
        _builder.Start(leads);
        _builder.End(counts);

        // "remove the cola" ends there, "change the cola" does not.
        var removing = _builder.AddAll(["remove the", "cancel the"], NodeKind.Opening);
        var changing = _builder.AddAll(["change the"], NodeKind.Opening);
        var names = _menu.Items.Select(item => item.Name).Where(name => Spoken(name).Length > 0).ToList();
        var removed = _builder.AddAll(names, NodeKind.Name);
        var changed = _builder.AddAll(names, NodeKind.Name);
        var to = _builder.Add("to", NodeKind.Joint);
        _builder.Join(removing, removed);
        _builder.Join(changing, changed);
        _builder.Join(changed, [to]);
        _builder.Join([to], _itemStarts);
        _builder.Start([.. removing, .. changing]);
        _builder.End(removed);
    }

    private void JoinArticle(Chain a, Chain an, IEnumerable<Chain> names)
    {
        foreach (var name in names)
        {
            _builder.Join(name.StartsWithVowel ? an : a, name);
        }
    }

    private static string Spoken(string name) => string.Join(' ', SpokenWords.Split(name));
}
