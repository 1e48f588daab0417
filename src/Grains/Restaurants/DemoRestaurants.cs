using System.Reflection;
using System.Text.Json;
using VoiceOrdering.Json;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>A restaurant that comes with the product, for trying it out.</summary>
/// <param name="Profile">Its profile.</param>
/// <param name="Menu">Its menu, valid by <see cref="MenuValidation"/>.</param>
public sealed record DemoRestaurant(RestaurantProfile Profile, Menu Menu);

/// <summary>The two demo restaurants <c>demo-burger</c> and <c>demo-pizza</c>; seeded only where somebody asks for them.</summary>
public static class DemoRestaurants
{
    private static readonly string[] Ids = ["demo-burger", "demo-pizza"];

    /// <summary>Both restaurants, read anew from the embedded JSON at each use.</summary>
    public static IReadOnlyList<DemoRestaurant> All => [.. Ids.Select(Load)];

    /// <summary>One of them by restaurant id.</summary>
    /// <exception cref="ArgumentException">Not a demo restaurant.</exception>
    public static DemoRestaurant Load(string id)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VoiceOrdering.Grains.Restaurants.Demo.{id}.json")
            ?? throw new ArgumentException($"There is no demo restaurant \"{id}\".", nameof(id));
        var demo = JsonSerializer.Deserialize<DemoRestaurant>(stream, WireJson.Options)
            ?? throw new InvalidOperationException($"The resource of \"{id}\" is empty.");
        return demo with { Menu = MenuNormalization.WithoutNulls(demo.Menu) };
    }
}
