using VoiceOrdering.Grains.Telemetry;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>What a restaurant grain needs beside its state.</summary>
internal sealed record RestaurantSurroundings(MenuIndexCache Menus, TimeProvider Time, Limits Limits, OrderingMetrics Metrics);
