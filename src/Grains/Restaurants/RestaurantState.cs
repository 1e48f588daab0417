using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>What is kept of a restaurant.</summary>
[GenerateSerializer, Alias("vo.RestaurantState")]
public sealed record RestaurantState
{
    /// <summary>Null until the restaurant is created.</summary>
    [Id(0)] public RestaurantProfile? Profile { get; init; }
    /// <summary>Null until somebody changes the settings.</summary>
    [Id(1)] public RestaurantSettings? Settings { get; init; }
    /// <summary>Grows by one with every change of the settings.</summary>
    [Id(2)] public long SettingsVersion { get; init; }
    /// <summary>Subject of the last change of the settings.</summary>
    [Id(3)] public string SettingsBy { get; init; } = "";
}

/// <summary>A restaurant's menus.</summary>
[GenerateSerializer, Alias("vo.MenuHistory")]
public sealed record MenuHistory
{
    /// <summary>Oldest first; at most <c>Limits.MenuVersions</c> of each menu, and the one in force.</summary>
    [Id(0)] public IReadOnlyList<MenuSnapshot> Versions { get; init; } = [];
    /// <summary>Switches between menus, by time.</summary>
    [Id(1)] public IReadOnlyList<MenuSwitch> Schedule { get; init; } = [];
    /// <summary>The last version number that was given.</summary>
    [Id(2)] public long LastVersion { get; init; }

    /// <summary>The number of the next version, also for a history of an earlier release.</summary>
    public long NextVersion => Math.Max(LastVersion, Versions.Count > 0 ? Versions[^1].Version : 0) + 1;
}

/// <summary>Items that staff marked as sold out. Kept apart from the menus: it changes often and is small.</summary>
[GenerateSerializer, Alias("vo.SoldOutState")]
public sealed record SoldOutState
{
    /// <summary>At most one mark of an item.</summary>
    [Id(0)] public IReadOnlyList<SoldOutItem> Items { get; init; } = [];
}
