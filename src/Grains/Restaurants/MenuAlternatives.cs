using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>What can be offered in place of something that is not to be had.</summary>
internal static class MenuAlternatives
{
    /// <summary>Names of available items of the same category, in menu order.</summary>
    public static string[] InCategory(MenuCategory category, string itemId, int count) =>
        [.. category.Items.Where(item => item.Available && item.Id != itemId).Take(count).Select(item => item.Name)];
}
