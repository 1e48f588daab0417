using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Bench.Matching;

/// <summary>
/// A menu of our own model made from alias lists: an intent whose trees name a kind ("drink type") becomes one item per kind, one without becomes a
/// single item with the intent's name; sizes become sizes, every other slot an option group. Numbers, amounts and negation are the matcher's own matter.
/// </summary>
internal sealed class CatalogueMenu
{
    private const string TaxClass = "food";
    private static readonly string[] s_spoken = [OrderTree.Number, OrderTree.Quantity, OrderTree.Negated];
    private readonly Dictionary<string, OrderTree> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderTree> _parts = new(StringComparer.Ordinal);

    private CatalogueMenu(OrderData data) => Menu = new Menu("USD", new TaxRule(false, new Dictionary<string, int> { [TaxClass] = 0 }), [.. data.Intents.Select(Category)]);

    public Menu Menu { get; }

    public static CatalogueMenu From(OrderData data) => new(data);

    /// <summary>The line as a tree of the data's shape.</summary>
    public OrderTree TreeOf(ParsedLine line)
    {
        var order = _orders[line.ItemId];
        var children = new List<OrderTree>(order.Children) { new(OrderTree.Number, [OrderTree.Value(line.Quantity.ToString(System.Globalization.CultureInfo.InvariantCulture))]) };
        if (line.Size is { } size) children.Add(_parts[size]);
        children.AddRange(line.Options.Select(option => WithAmount(option, line)));
        children.AddRange(line.Without.Concat(line.Unwanted).Select(option => new OrderTree(OrderTree.Negated, [WithAmount(option, line)])));
        return order with { Children = children };
    }

    /// <summary>What an order is of, whatever is said about it: the item.</summary>
    public string ItemOf(OrderTree order) => ItemOf(order.Label, _orders.Values.FirstOrDefault(known => known.Label == order.Label)?.Children is [var kind] ? order.Find(kind.Label) : null);

    public string ItemOf(string itemId) => ItemOf(_orders[itemId].Label, _orders[itemId].Children is [var kind, ..] ? kind : null);

    private static string ItemOf(string label, OrderTree? kind) => $"{label} {kind?.Children[0].Label.ToUpperInvariant()}";

    private OrderTree WithAmount(string option, ParsedLine line) => line.Amounts.FirstOrDefault(amount => amount.OptionId == option) is { Amount: "extra" or "light" } said
        ? new OrderTree(OrderTree.Complex, [new OrderTree(OrderTree.Quantity, [OrderTree.Value(said.Amount)]), _parts[option]])
        : _parts[option];

    private MenuCategory Category(OrderIntent intent)
    {
        var stem = StemOf(intent.Name);
        var kinds = KindSlot(intent);
        var sizes = intent.Slots.Where(slot => slot.Name == "SIZE").SelectMany(Sizes).ToList();
        OptionGroup[] groups = [.. intent.Slots.Where(slot => slot != kinds && slot.Name != "SIZE" && !s_spoken.Contains(slot.Name)).Select(Group)];
        var items = kinds is null
            ? [Item(Slug(intent.Name), [Words(stem), .. intent.EntityNames], new OrderTree(intent.Name, []))]
            : ByValue(kinds).Select(forms => Item(Slug($"{intent.Name} {forms.Key}"), [.. forms.Select(form => form.Phrase)], new OrderTree(intent.Name, [Part(kinds, forms.First().Value)])));
        return new MenuCategory(Slug(intent.Name), string.Join(" / ", intent.EntityNames.Prepend(Words(stem))), [.. items.Select(item => item with { Sizes = sizes, Groups = groups })]);
    }

    private MenuItem Item(string id, IReadOnlyList<string> names, OrderTree order)
    {
        _orders[id] = order;
        return new MenuItem { Id = id, Name = names[0], Aliases = [.. names.Skip(1).Distinct()], TaxClass = TaxClass };
    }

    private IEnumerable<MenuSize> Sizes(OrderSlot slot) => ByValue(slot).Select(forms =>
    {
        var id = Remember(slot, forms);
        return new MenuSize(id, forms.First().Phrase, 0) { Aliases = [.. forms.Skip(1).Select(form => form.Phrase)] };
    });

    private OptionGroup Group(OrderSlot slot)
    {
        MenuOption[] options = [.. ByValue(slot).Select(forms => new MenuOption(Remember(slot, forms), forms.First().Phrase, 0, false, [.. forms.Skip(1).Select(form => form.Phrase)]))];
        return new OptionGroup(Slug(slot.Name), Words(slot.Name), 0, Math.Max(options.Length, 1), options);
    }

    private string Remember(OrderSlot slot, IGrouping<string, SurfaceForm> forms)
    {
        var id = Slug($"{slot.Name} {forms.Key}");
        _parts[id] = Part(slot, forms.First().Value);
        return id;
    }

    private static OrderTree Part(OrderSlot slot, OrderTree value) => new(slot.Name, value.Label.Length == 0 ? value.Children : [value]);

    private static IEnumerable<IGrouping<string, SurfaceForm>> ByValue(OrderSlot slot) =>
        slot.Forms.DistinctBy(form => (form.Phrase, form.Value.Canonical())).GroupBy(form => $"{form.Value.Label} {string.Join(' ', form.Value.Children.Select(child => child.Label))}".Trim());

    /// <summary>The slot that says which item is meant: its name or its phrases contain what the intent is called.</summary>
    private static OrderSlot? KindSlot(OrderIntent intent)
    {
        var stem = Letters(StemOf(intent.Name));
        var candidates = intent.Slots.Where(slot => !s_spoken.Contains(slot.Name)).ToList();
        return candidates.FirstOrDefault(slot => Letters(slot.Name).Contains(stem, StringComparison.Ordinal))
            ?? candidates.FirstOrDefault(slot => slot.Forms.Count > 0 && 2 * slot.Forms.Count(form => intent.EntityNames.Any(name => form.Phrase.EndsWith(name, StringComparison.Ordinal))) > slot.Forms.Count);
    }

    private static string StemOf(string intent) => intent.EndsWith("ORDER", StringComparison.Ordinal) && intent.Length > 5 ? intent[..^5].TrimEnd('_') : intent;

    private static string Letters(string name) => name.Replace("_", "", StringComparison.Ordinal);

    private static string Words(string name) => name.Replace('_', ' ').ToLowerInvariant();

    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
