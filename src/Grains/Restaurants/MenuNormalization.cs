using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Menus come from JSON, where a list may be missing; from here on every list is present, so that no later code asks.</summary>
public static class MenuNormalization
{
    /// <summary>The same menu with empty lists and texts in place of nulls; values are not judged (see <see cref="MenuValidation"/>).</summary>
    public static Menu WithoutNulls(Menu menu) => new(
        menu.Currency ?? "",
        new TaxRule(menu.Tax?.Included == true, menu.Tax?.Classes ?? new Dictionary<string, int>()) { Rounding = menu.Tax?.Rounding ?? TaxRounding.ClassHalfUp },
        Each(menu.Categories, category => new MenuCategory(category?.Id ?? "", category?.Name ?? "", Each(category?.Items, Item))))
    {
        DayParts = Each(menu.DayParts, part => part is null ? new DayPart("", "", default, default, []) : part with { Id = part.Id ?? "", Name = part.Name ?? "", Days = Each(part.Days, day => day) }),
    };

    private static MenuItem Item(MenuItem? item) => item is null ? new MenuItem { Id = "", Name = "" } : item with
    {
        Id = item.Id ?? "",
        Name = item.Name ?? "",
        Description = item.Description ?? "",
        Aliases = Each(item.Aliases, alias => alias ?? ""),
        Sizes = Each(item.Sizes, size => size is null ? new MenuSize("", "", 0) : size with { Id = size.Id ?? "", Name = size.Name ?? "", Aliases = Each(size.Aliases, alias => alias ?? "") }),
        Groups = Each(item.Groups, Group),
        TaxClass = item.TaxClass ?? "",
        Allergens = Each(item.Allergens, allergen => allergen ?? ""),
        DayParts = Each(item.DayParts, part => part ?? ""),
        Spoken = Forms(item.Spoken),
        Slots = Each(item.Slots, Slot),
        Unavailability = null,
    };

    private static ComboSlot Slot(ComboSlot? slot) => slot is null ? new ComboSlot("", "", false, []) : slot with
    {
        Id = slot.Id ?? "",
        Name = slot.Name ?? "",
        Choices = Each(slot.Choices, choice => choice is null ? new SlotChoice("", null, 0, false) : choice with { ItemId = choice.ItemId ?? "" }),
    };

    private static Dictionary<string, IReadOnlyList<string>> Forms(IReadOnlyDictionary<string, IReadOnlyList<string>>? spoken) =>
        spoken is null ? [] : spoken.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)Each(pair.Value, form => form ?? ""), StringComparer.Ordinal);

    private static OptionGroup Group(OptionGroup? group) => group is null
        ? new OptionGroup("", "", 0, 0, [])
        : new OptionGroup(group.Id ?? "", group.Name ?? "", group.Min, group.Max, Each(group.Options, Option));

    private static MenuOption Option(MenuOption? option) => option is null
        ? new MenuOption("", "", 0, false, [])
        : option with { Id = option.Id ?? "", Name = option.Name ?? "", Aliases = Each(option.Aliases, alias => alias ?? ""), Groups = Each(option.Groups, Group), Allergens = Each(option.Allergens, allergen => allergen ?? ""), Spoken = Forms(option.Spoken) };

    private static TOut[] Each<TIn, TOut>(IReadOnlyList<TIn>? list, Func<TIn, TOut> map) => list is null ? [] : [.. list.Select(map)];
}
