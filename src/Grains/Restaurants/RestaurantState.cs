using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>What is kept of a restaurant.</summary>
[GenerateSerializer, Alias("vo.RestaurantState")]
public sealed record RestaurantState
{
    /// <summary>Null until the restaurant is created.</summary>
    [Id(0)] public RestaurantProfile? Profile { get; init; }
}

/// <summary>A restaurant's menus.</summary>
[GenerateSerializer, Alias("vo.MenuHistory")]
public sealed record MenuHistory
{
    /// <summary>Oldest first, the last is in force; at most <c>Limits.MenuVersions</c>.</summary>
    [Id(0)] public IReadOnlyList<MenuSnapshot> Versions { get; init; } = [];
}
