using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>The ids a tool's schema lists.</summary>
internal static class MenuValues
{
    public static IEnumerable<string> Items(MenuIndex menu) => menu.Items.Select(item => item.Item.Id);

    public static IEnumerable<string> Sizes(MenuIndex menu) => menu.Items.SelectMany(item => item.Item.Sizes).Select(size => size.Id);

    public static IEnumerable<string> Options(MenuIndex menu) =>
        menu.Items.SelectMany(item => item.Item.Groups).SelectMany(group => group.Options).Where(option => option.Available).Select(option => option.Id);
}
