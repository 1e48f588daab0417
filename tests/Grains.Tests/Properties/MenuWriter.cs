using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>
/// Writes menus that use everything the format has: sizes, groups, groups below options, combos, day parts, dates, languages, tax classes, discounts.
/// </summary>
internal sealed class MenuWriter(Random random, int size, MenuStyle style)
{
    private static readonly string[] s_currencies = ["USD", "EUR", "JPY", "KWD"];
    private static readonly string[] s_classes = ["food", "drinks", "books/news~papers"];
    private static readonly string[] s_allergens = ["egg", "gluten", "milk", "nuts", "soy"];
    private static readonly string[] s_tightSlugs = ["a", "b", "c", "a-b", "b-c", "a-a", "b-a", "a-b-c"];

    private readonly List<MenuItem> _plain = [];
    private readonly Dictionary<string, long> _discounts = [];
    private string[] _classes = [];
    private DayPart[] _dayParts = [];
    private HashSet<string> _slugs = [];
    private HashSet<string> _itemSlugs = [];
    private long _budget;
    private int _number;

    /// <summary>Menus without any fault.</summary>
    public static Gen<Menu> Valid { get; } = Of(MenuStyle.Valid);

    /// <summary>Menus whose ids are so much alike, and whose discounts are so large, that some of them cannot be stored.</summary>
    public static Gen<Menu> Wild { get; } = Of(MenuStyle.Wild);

    public static Gen<Menu> Of(MenuStyle style) => Gen.Sized(size => Gen.Choose(0, int.MaxValue - 1).Select(seed => new MenuWriter(new Random(seed), size, style).Write()));

    private Menu Write()
    {
        _classes = [.. s_classes.Take(1 + random.Next(s_classes.Length))];
        _dayParts = [.. Enumerable.Range(0, random.Next(3)).Select(part => new DayPart($"part-{part}", $"Part {part}", Time(), Time(), Enum.GetValues<DayOfWeek>().Where(_ => Chance(30)).ToArray()))];
        for (var items = 1 + random.Next(2 + size / 10); items > 0; items--) _plain.Add(Plain(isFirst: _plain.Count == 0));
        var combos = Enumerable.Range(0, random.Next(3)).Select(_ => Combo()).ToArray();
        var split = random.Next(1, _plain.Count + 1);
        MenuCategory[] categories = [new("first", "First Things", _plain.Take(split).ToArray()), new("second", "Other Things", _plain.Skip(split).Concat(combos).ToArray())];
        var rates = _classes.ToDictionary(name => name, _ => Pick(0, 1, 500, 825, 1_900, 10_000, random.Next(10_001)));
        var tax = new TaxRule(Chance(50), rates) { Rounding = Pick(Enum.GetValues<TaxRounding>()) };
        return new Menu(Pick(s_currencies), tax, categories) { DayParts = _dayParts };
    }

    private MenuItem Plain(bool isFirst)
    {
        var item = Head();
        var sizes = Sizes();
        _budget = sizes.Length == 0 ? item.PriceMinor : sizes.Min(each => each.PriceMinor);
        var before = _budget;
        item = item with { Sizes = sizes, Groups = Many(3, () => Group(0)), Available = isFirst || Chance(92) };
        _discounts[item.Id] = before - _budget;
        return item;
    }

    private MenuItem Combo()
    {
        var item = Head();
        _budget = item.PriceMinor;
        var groups = Many(1, () => Group(0));
        return item with { Groups = groups, Slots = Many(3, Slot).SelectMany(slot => slot).ToArray() };
    }

    private MenuItem Head()
    {
        var number = ++_number;
        _slugs = [];
        return new MenuItem
        {
            Id = Slug("dish", _itemSlugs),
            Name = Pick($"Dish {number}", $"Mac & Dish No. {number}", $"Chef's Dish {number}"),
            Description = Chance(20) ? "With \"quotes\" and ümlauts." : "",
            Aliases = Many(2, () => $"Plate {number} {++_number}"),
            Spoken = Chance(20) ? new Dictionary<string, IReadOnlyList<string>> { ["es"] = new[] { $"Plato {number}" } } : new Dictionary<string, IReadOnlyList<string>>(),
            PriceMinor = Price(),
            TaxClass = Pick(_classes),
            Allergens = s_allergens.Where(_ => Chance(20)).ToArray(),
            DayParts = _dayParts.Where(_ => Chance(10)).Select(part => part.Id).ToArray(),
            FromDate = Chance(10) ? new DateOnly(2026, 1, 1) : null,
            UntilDate = Chance(10) ? new DateOnly(2026, 12, 31) : null,
        };
    }

    private MenuSize[] Sizes()
    {
        var count = Pick(0, 0, 1, 2, 3);
        var standard = random.Next(-1, count);
        return [.. Enumerable.Range(0, count).Select(each => new MenuSize($"size-{each}", $"Size {each}", Price(), each == standard) { Aliases = Many(1, () => $"Measure {each}") })];
    }

    private OptionGroup Group(int depth)
    {
        var number = ++_number;
        var count = random.Next(1, 5);
        var max = random.Next(1, count + 2);
        var min = random.Next(0, Math.Min(max, count) + 1);
        var defaults = random.Next(0, max + 1);
        var options = new MenuOption[count];
        for (var each = 0; each < count; each++) options[each] = Option(isDefault: each < defaults, depth);
        return new OptionGroup(Slug("group", _slugs), $"Group {number}", min, max, options);
    }

    private MenuOption Option(bool isDefault, int depth)
    {
        var number = ++_number;
        return new MenuOption(Slug("option", _slugs), $"Topping {number}", isDefault ? 0 : Delta(), isDefault, Many(1, () => $"Extra {number}"))
        {
            Groups = depth == 0 && Chance(15) ? [Group(1)] : [],
            Allergens = s_allergens.Where(_ => Chance(10)).ToArray(),
            Spoken = Chance(5) ? new Dictionary<string, IReadOnlyList<string>> { ["es"] = new[] { "salsa" } } : new Dictionary<string, IReadOnlyList<string>>(),
        };
    }

    /// <summary>Filled only with items whose own discounts the combo's price can bear.</summary>
    private ComboSlot[] Slot()
    {
        var number = ++_number;
        var items = _plain.Where(item => style == MenuStyle.Wild || _discounts[item.Id] <= _budget).Where(_ => Chance(50)).ToArray();
        if (items.Length == 0) return [];
        _budget -= items.Max(item => _discounts[item.Id]);
        var choices = items.SelectMany(Choices).ToArray();
        var standard = random.Next(-1, choices.Length);
        if (standard >= 0) choices[standard] = choices[standard] with { PriceDeltaMinor = 0, IsDefault = true };
        return [new ComboSlot(Slug("slot", _slugs), $"Slot {number}", Chance(60), choices)];
    }

    private SlotChoice[] Choices(MenuItem item)
    {
        var sizes = item.Sizes.Where(_ => Chance(60)).ToArray();
        if (item.Sizes.Count > 0 && sizes.Length == 0) sizes = [item.Sizes[0]];
        return sizes.Length == 0 ? [new SlotChoice(item.Id, null, Delta(), false)] : [.. sizes.Select(each => new SlotChoice(item.Id, each.Id, Delta(), false))];
    }

    private string Slug(string word, HashSet<string> taken)
    {
        var slug = style == MenuStyle.Wild ? Pick(s_tightSlugs) : $"{word}-{++_number}";
        return taken.Add(slug) ? slug : Chance(5) ? slug : Slug(word, taken);
    }

    private long Price() => Pick(0, 99, 100, 750, 1_999, 5_000, 10_000_000, random.Next(20_000));

    private long Delta()
    {
        if (!Chance(25)) return Pick(0, 25, 150, random.Next(3_000));
        var off = style == MenuStyle.Wild ? random.Next(2_000) : random.NextInt64(Math.Max(0, _budget) + 1);
        _budget -= off;
        return -off;
    }

    private TimeOnly Time() => new(random.Next(24), random.Next(60), Chance(20) ? random.Next(60) : 0);

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];

    private T[] Many<T>(int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
}

/// <summary>How a menu is written.</summary>
internal enum MenuStyle
{
    /// <summary>Without faults.</summary>
    Valid,
    /// <summary>Perhaps with faults.</summary>
    Wild,
}
