using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Judges the slots of combos, for which the whole menu must be known.</summary>
internal static class ComboValidation
{
    public static void Check(Menu menu, Limits limits, MenuFaults faults)
    {
        var items = new Dictionary<string, MenuItem>(StringComparer.Ordinal);
        foreach (var item in menu.Categories.SelectMany(category => category.Items)) items.TryAdd(item.Id, item);
        for (var c = 0; c < menu.Categories.Count; c++)
        {
            for (var i = 0; i < menu.Categories[c].Items.Count; i++)
            {
                var item = menu.Categories[c].Items[i];
                var path = $"/categories/{c}/items/{i}";
                for (var s = 0; s < item.Slots.Count; s++) CheckSlot(item.Slots[s], $"{path}/slots/{s}", items, faults);
                CheckJoinedIds(item, path, items, faults);
                var options = item.Groups.Sum(CountOptions) + item.Slots.Sum(slot => slot.Choices.Sum(choice => 1 + (items.TryGetValue(choice.ItemId, out var chosen) ? chosen.Groups.Sum(CountOptions) : 0)));
                if (options > limits.OptionsPerItem) faults.Add(path, "OPTIONS_MANY", $"An item has at most {limits.OptionsPerItem} options, those of its slots included; this one has {options}.");
            }
        }
    }

    /// <summary>The ids that a slot's options get in the effective menu are put together from several; they must not meet each other or the item's own.</summary>
    private static void CheckJoinedIds(MenuItem item, string path, Dictionary<string, MenuItem> items, MenuFaults faults)
    {
        if (item.Slots.Count == 0) return;
        var options = item.Groups.SelectMany(OptionIds).ToHashSet(StringComparer.Ordinal);
        var groups = item.Groups.SelectMany(GroupIds).Concat(item.Slots.Select(slot => slot.Id)).ToHashSet(StringComparer.Ordinal);
        for (var s = 0; s < item.Slots.Count; s++)
        {
            var slot = item.Slots[s];
            for (var c = 0; c < slot.Choices.Count; c++)
            {
                if (!items.TryGetValue(slot.Choices[c].ItemId, out var chosen) || slot.Choices.Take(c).Any(other => other.ItemId == slot.Choices[c].ItemId && other.SizeId == slot.Choices[c].SizeId)) continue;
                var id = MenuExpansion.OptionId(slot, slot.Choices[c], chosen);
                var isFree = options.Add(id);
                foreach (var option in chosen.Groups.SelectMany(OptionIds)) isFree &= options.Add($"{id}-{option}");
                foreach (var group in chosen.Groups.SelectMany(GroupIds)) isFree &= groups.Add($"{id}-{group}");
                if (!isFree) faults.Add($"{path}/slots/{s}/choices/{c}", "ID_DUPLICATE", $"The id \"{id}\" made of slot and item, or one below it, is used more than once in this item: give the slot another id.");
            }
        }
    }

    private static IEnumerable<string> OptionIds(OptionGroup group) => group.Options.SelectMany(option => option.Groups.SelectMany(OptionIds).Prepend(option.Id));

    private static IEnumerable<string> GroupIds(OptionGroup group) => group.Options.SelectMany(option => option.Groups.SelectMany(GroupIds)).Prepend(group.Id);

    private static int CountOptions(OptionGroup group) => group.Options.Sum(option => 1 + option.Groups.Sum(CountOptions));

    private static void CheckSlot(ComboSlot slot, string path, Dictionary<string, MenuItem> items, MenuFaults faults)
    {
        if (slot.Choices.Count == 0) faults.Add($"{path}/choices", "CHOICES_MISSING", "A slot has at least one item to choose.");
        if (slot.Choices.Count(choice => choice.IsDefault) > 1) faults.Add($"{path}/choices", "DEFAULTS_MANY", "At most one choice of a slot is the default.");
        for (var c = 0; c < slot.Choices.Count; c++)
        {
            var choice = slot.Choices[c];
            if (slot.Choices.Take(c).Any(other => other.ItemId == choice.ItemId && other.SizeId == choice.SizeId))
                faults.Add($"{path}/choices/{c}", "CHOICE_DUPLICATE", "The slot has this choice twice.");
            if (choice is { IsDefault: true, PriceDeltaMinor: not 0 })
                faults.Add($"{path}/choices/{c}/priceDeltaMinor", "DEFAULT_PRICED", "A default is part of the combo's price and costs nothing more.");
            PriceValidation.CheckDelta(choice.PriceDeltaMinor, $"{path}/choices/{c}/priceDeltaMinor", faults);
            CheckItem(choice, $"{path}/choices/{c}", items, faults);
        }
    }

    private static void CheckItem(SlotChoice choice, string path, Dictionary<string, MenuItem> items, MenuFaults faults)
    {
        if (!items.TryGetValue(choice.ItemId, out var item))
            faults.Add($"{path}/itemId", "SLOT_ITEM_UNKNOWN", $"There is no item \"{choice.ItemId}\" on this menu.");
        else if (item.Slots.Count > 0)
            faults.Add($"{path}/itemId", "SLOT_ITEM_COMBO", "A combo cannot be part of a combo.");
        else if (choice.SizeId is not null && item.Sizes.All(size => size.Id != choice.SizeId))
            faults.Add($"{path}/sizeId", "SLOT_SIZE_UNKNOWN", $"The item \"{choice.ItemId}\" has no size \"{choice.SizeId}\".");
        else if (choice.SizeId is null && item.Sizes.Count > 1 && item.Sizes.All(size => !size.IsDefault))
            faults.Add($"{path}/sizeId", "SLOT_SIZE_MISSING", $"The item \"{choice.ItemId}\" has several sizes and no default: say which one belongs to the combo.");
    }
}
