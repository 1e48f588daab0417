using System.Numerics;
using VoiceOrdering.Carts;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>Asks for items of a menu as written, in every allowed way, and says what one of them must cost. Knows nothing of how the product computes it.</summary>
internal sealed class OrderWriter(Menu menu, Random random)
{
    private readonly Dictionary<string, MenuItem> _items = menu.Categories.SelectMany(category => category.Items).ToDictionary(item => item.Id);
    private List<string> _options = [];
    private List<string> _without = [];
    private BigInteger _price;
    private HashSet<string> _allergens = [];

    public AskedLine Line()
    {
        var items = _items.Values.Where(item => item.Available && item.Slots.All(slot => !slot.IsRequired || slot.Choices.Any(choice => _items[choice.ItemId].Available))).ToArray();
        return Line(items[random.Next(items.Length)]);
    }

    public AskedLine Line(MenuItem item)
    {
        (_options, _without, _price, _allergens) = ([], [], item.PriceMinor, [.. item.Allergens]);
        string? size = null;
        if (item.Sizes.Count > 0)
        {
            var chosen = item.Sizes[random.Next(item.Sizes.Count)];
            size = chosen.IsDefault && random.Next(2) == 0 ? null : chosen.Id;
            _price = chosen.PriceMinor;
        }
        foreach (var group in item.Groups) Choose(group, "");
        foreach (var slot in item.Slots) Fill(slot);
        var request = new LineRequest { ItemId = item.Id, Size = size, Options = Shuffled(_options), Without = _without.ToArray(), Quantity = 1 + random.Next(20) };
        return new AskedLine(request, _price, item.TaxClass, _allergens);
    }

    private void Choose(OptionGroup group, string prefix)
    {
        var count = random.Next(group.Min, Math.Min(group.Max, group.Options.Count) + 1);
        var chosen = Shuffled(group.Options).Take(count).ToHashSet();
        foreach (var option in group.Options)
        {
            if (!chosen.Contains(option))
            {
                if (option.IsDefault) _without.Add(prefix + option.Id);
                continue;
            }
            if (!option.IsDefault || random.Next(2) == 0) _options.Add(prefix + option.Id);
            _price += option.PriceDeltaMinor;
            _allergens.UnionWith(option.Allergens);
            foreach (var nested in option.Groups) Choose(nested, prefix);
        }
    }

    private void Fill(ComboSlot slot)
    {
        var choices = slot.Choices.Where(choice => _items[choice.ItemId].Available).ToArray();
        if (choices.Length == 0 || (!slot.IsRequired && random.Next(3) == 0))
        {
            _without.AddRange(choices.Where(choice => choice.IsDefault).Select(choice => Id(slot, choice)));
            return;
        }
        var chosen = choices[random.Next(choices.Length)];
        var item = _items[chosen.ItemId];
        _options.Add(Id(slot, chosen));
        _price += chosen.PriceDeltaMinor;
        _allergens.UnionWith(item.Allergens);
        foreach (var group in item.Groups) Choose(group, Id(slot, chosen) + "-");
    }

    private static string Id(ComboSlot slot, SlotChoice choice)
    {
        var isOneOfSeveral = slot.Choices.Count(other => other.ItemId == choice.ItemId) > 1;
        return $"{slot.Id}-{choice.ItemId}{(isOneOfSeveral && choice.SizeId is { } size ? "-" + size : "")}";
    }

    private T[] Shuffled<T>(IEnumerable<T> values)
    {
        var array = values.ToArray();
        random.Shuffle(array);
        return array;
    }
}

/// <summary>A line somebody asks for, and what it must come to.</summary>
internal sealed record AskedLine(LineRequest Request, BigInteger UnitMinor, string TaxClass, IReadOnlySet<string> Allergens);
