using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>A menu item as the index sees it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Category">Where it stands on the menu.</param>
/// <param name="Position">Its place in <see cref="MenuIndex.Items"/>.</param>
/// <param name="Phrases">Its name first, then its aliases, as word ids.</param>
internal sealed record IndexedItem(MenuItem Item, MenuCategory Category, int Position, int[][] Phrases)
{
    /// <summary>The option with its group, or null when the item has none of this id.</summary>
    public (OptionGroup Group, MenuOption Option)? FindOption(string optionId)
    {
        foreach (var group in Item.Groups)
            foreach (var option in group.Options)
                if (option.Id == optionId) return (group, option);
        return null;
    }

    public bool HasAnyOption(IReadOnlyList<string> optionIds)
    {
        foreach (var id in optionIds)
            if (FindOption(id) is not null) return true;
        return false;
    }

    public MenuSize? FindSize(string sizeId) => Item.Sizes.FirstOrDefault(size => size.Id == sizeId);

    public bool FindAnySize(IReadOnlyList<string> sizeIds) => sizeIds.Any(id => FindSize(id) is not null);
}
